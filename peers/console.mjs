// What people do at the console, each with a browser of its own. The job names one scenario; the world is looked at in BrowserTest.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { atTheConsole, ask, DESK, leaveInOrder, Line, logIn, order, PHONE, until } from './browser.mjs';
import { job, say } from './common.mjs';

const state = (page) => page.locator('#state-word');
const shows = (page, word) => until(`the bar shows ${word}`, async () => (await state(page).textContent()) === word);
const stopKey = (page) => page.getByRole('button', { name: /^STOP/ });
const card = (page) => page.locator('article.approval');
const event = (page, type) => page.locator(`#task-events [data-type=${type}]`);
const taskState = async (id) => (await ask('ADMIN', 'GET', `/v1/tasks/${id}`)).state;
const picture = (page, name) => page.screenshot({ path: `${job.screenshots}/${name}.png` });

const scenarios = {
  /** Logging in and out; the token is nowhere but in the memory of the page. */
  logIn: () => atTheConsole(async (page) => {
    await page.getByLabel('Token').fill('nobody');
    await page.keyboard.press('Enter');
    await page.getByText('Not logged in: unknown bearer.').waitFor();

    await logIn(page, 'ADMIN');
    await shows(page, 'Robot may move');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'stop', 'STOP comes first');
    const kept = await page.evaluate(() => [document.documentElement.outerHTML, location.href, document.cookie,
      JSON.stringify({ ...localStorage, ...sessionStorage }),
      ...Array.from(document.querySelectorAll('input'), (field) => field.value)].join('\n'));
    assert.ok(!kept.includes(job.tokens.ADMIN), 'the token is kept somewhere');

    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Token').waitFor();
    assert.ok(await stopKey(page).isHidden());
    await page.reload();
    assert.ok(await page.getByLabel('Token').isVisible(), 'a reload logs out');
  }),

  /** A task is followed while it runs, and canceled. */
  follow: () => atTheConsole(async (page) => {
    await logIn(page, 'ACTUATOR');
    const id = await order('creep along');
    await page.getByRole('button', { name: /creep along/ }).click();
    await event(page, 'progress').waitFor();
    assert.equal(await page.locator('#task-stream').textContent(), 'Live');
    assert.match(await event(page, 'tool_call').textContent(), /execute_capability .*arm\.reach/);

    // A page that nobody looks at lets its connection go; when somebody looks again, everything is there.
    const hungUp = page.waitForEvent('requestfailed', (request) => request.url().includes('/events'));
    await look(page, false);
    await hungUp;
    await look(page, true);
    await event(page, 'progress').waitFor();
    assert.equal(await event(page, 'accepted').count(), 1);

    await page.getByRole('button', { name: 'Cancel task' }).click();
    await event(page, 'result').waitFor();
    assert.equal(await page.locator('#task-state').textContent(), 'canceled');
    assert.equal(await page.locator('#task-stream').textContent(), 'Ended');
    return { task: id };
  }),

  /** What was kept of a task is saved as a file, by who may see it. */
  save: () => atTheConsole(async (page) => {
    await order('photo', 'READER');
    await order('photo', 'WATCHER');
    await logIn(page, 'WATCHER');
    const saved = page.waitForEvent('download');
    await event(page, 'artifact').getByRole('button', { name: 'Save' }).click();
    const file = await saved;
    assert.match(file.suggestedFilename(), /^cal-[a-z0-9]+-1\.png$/);
    assert.equal((await stat(await file.path())).size, 5_000_000);
    await picture(page, 'artifact-light');
    await page.getByRole('button', { name: 'Log out' }).click();
    await logIn(page, 'READER');
    await event(page, 'artifact').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not saved: artifacts are for credentials with stream full.').waitFor();
  }),

  /** Two calls wait for a person; the second is shown with what differs from the first. One is approved, one denied. */
  approve: () => atTheConsole(async (page) => {
    await logIn(page, 'APPROVER');
    const first = await order('reach low');
    await card(page).waitFor();
    const call = JSON.parse(await card(page).locator('pre').textContent());
    assert.deepEqual(call, { capability: 'arm.reach', args: { x: 200, y: 100, z: 120, speed_dps: 60 } });
    await page.getByText('✓ is the digest of what you see').waitFor();
    await page.getByText('There is no earlier call of this tool').waitFor();
    assert.match(await card(page).locator('.expiry').textContent(), /\d+ s left/);
    await card(page).getByLabel('Reason').fill('the table is clear');
    await card(page).getByRole('button', { name: 'Approve this call' }).click();
    await card(page).waitFor({ state: 'detached' });
    await until('the first task is over', async () => (await taskState(first)) === 'completed');

    const second = await order('reach high');
    await card(page).waitFor();
    const rows = await card(page).locator('.changes tbody tr').evaluateAll((all) =>
      all.map((row) => Array.from(row.children, (cell) => cell.textContent)));
    assert.deepEqual(rows, [['args.z', '120', '180']]);
    await picture(page, 'approval-light');
    await card(page).getByRole('button', { name: 'Deny' }).click();
    await card(page).waitFor({ state: 'detached' });
    await page.getByText(/^denied by approver/).waitFor();
    await page.getByText(/^approved by approver .* the table is clear$/).waitFor();
    return { first, second };
  }),

  /** A direct call waits for nobody: who approves is given a token for its caller, once. */
  handOver: () => atTheConsole(async (page) => {
    await logIn(page, 'APPROVER');
    const call = { capability: 'arm.home' };
    const asked = await ask('ACTUATOR', 'POST', '/v1/tools/execute_capability', call);
    assert.equal(asked.result.status, 'blocked');
    await page.getByText('a direct call').waitFor();
    await card(page).getByRole('button', { name: 'Approve this call' }).click();
    const token = await card(page).locator('.token').textContent();
    const moved = await ask('ACTUATOR', 'POST', '/v1/tools/execute_capability', { ...call, confirm_token: token });
    assert.equal(moved.result.status, 'ok', JSON.stringify(moved));
    await page.getByText(/^approved by approver/).waitFor();
    assert.ok(await card(page).isVisible(), 'the token stays until it was read');
    await card(page).getByRole('button', { name: 'Done, forget it' }).click();
    assert.ok(!(await page.content()).includes(token));
  }),

  /** A call that is not the one the digest is of is not approved; nothing in a call can hide. */
  deceive: () => atTheConsole(async (page) => {
    await page.route('**/v1/approvals', async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      for (const approval of answer.approvals) approval.arguments.args.z = 121;
      await route.fulfill({ response, json: answer });
    });
    await logIn(page, 'APPROVER');
    const task = await order('reach low');
    await page.getByText('is NOT the digest of what you see').waitFor();
    assert.ok(await card(page).getByRole('button', { name: 'Approve this call' }).isDisabled());
    await card(page).getByRole('button', { name: 'Deny' }).click();
    await card(page).waitFor({ state: 'detached' });
    return { task };
  }),

  /** Somebody who may do nothing but stop sees that and the state, and stops a motion with two keys. */
  stop: () => atTheConsole(async (page) => {
    const id = await order('creep about');
    await until('it runs', async () => (await taskState(id)) === 'running');
    await logIn(page, 'BUTTON');
    await shows(page, 'Robot may move');
    for (const part of ['#approvals', '#tasks', '#audit', '#clear']) assert.ok(await page.locator(part).isHidden(), part);
    await picture(page, 'stop-only-phone-light');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await shows(page, 'Robot is stopped');
    assert.match(await page.locator('#stop-report').textContent(), /issued after \d+ ms; the robot confirmed it after \d+ ms/);
    await picture(page, 'stopped-phone-light');
    await until('the task ended', async () => (await taskState(id)) === 'estopped');
    return { task: id };
  }, { viewport: PHONE }),

  /** Only who may clear is asked, for the latch and the reason. */
  clear: () => atTheConsole(async (page) => {
    await ask('BUTTON', 'POST', '/v1/estop');
    await logIn(page, 'CLEARER');
    await shows(page, 'Robot is stopped');
    const form = page.locator('#clear');
    const latch = await form.locator('code').textContent();
    await form.getByLabel('Last four').fill('!!!!');
    await form.getByLabel('Reason').fill('looked at it');
    await form.getByRole('button').click();
    await page.getByText('These are not the last four characters').waitFor();
    assert.equal((await ask('CLEARER', 'GET', '/v1/status')).interlock.latched, true);
    await form.getByLabel('Last four').fill(latch.slice(-4));
    await form.getByRole('button').click();
    await shows(page, 'Robot may move');
    assert.ok(await form.isHidden());
  }),

  /** The way to the server breaks. Nothing old is shown as true, the STOP goes on asking, and the stream misses nothing. */
  drop: async () => {
    const line = new Line();
    await line.mend();
    try {
      return await atTheConsole(async (page) => {
        await logIn(page, 'ADMIN');
        const id = await order('creep over a bad line');
        await page.getByRole('button', { name: /creep over a bad line/ }).click();
        await event(page, 'progress').waitFor();
        line.cut();
        await shows(page, 'State unknown');
        await page.getByText('not connected, trying again').waitFor();
        await page.getByText(/Stream lost, again in \d+ s/).waitFor();
        await page.keyboard.press('Escape');
        await page.getByText(/No answer to the stop yet, attempt \d+/).waitFor();
        await picture(page, 'no-connection-light');
        assert.equal((await ask('ADMIN', 'GET', '/v1/status')).interlock.latched, false);
        await line.mend();
        await shows(page, 'Robot is stopped');
        await event(page, 'result').waitFor();
        const shown = await page.locator('#task-events .seq').allTextContents();
        const { events } = await ask('ADMIN', 'GET', `/v1/tasks/${id}/events?limit=1000`, undefined, { Accept: 'application/json' });
        // Of progress only the latest of a row is shown.
        const kept = events.filter((one, i) => one.type !== 'progress' || events[i + 1]?.type !== 'progress');
        assert.deepEqual(shown, kept.map((one) => String(one.seq)));
        return { task: id };
      }, { url: line.url });
    } finally {
      line.cut();
    }
  },

  /** Whatever comes from callers, models and robots is text. */
  inject: () => atTheConsole(async (page) => {
    const markup = '<img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">x</a>';
    const task = await order(`recite ${markup}`);
    await until('it is over', async () => (await taskState(task)) === 'completed');
    await ask('BUTTON', 'POST', '/v1/estop', { reason: markup });
    await logIn(page, 'ADMIN');
    await event(page, 'result').waitFor();
    assert.ok((await page.locator('#task-goal').textContent()).includes(markup));
    assert.ok((await event(page, 'text').first().textContent()).includes(markup));
    assert.ok((await event(page, 'text').first().textContent()).includes('\\u{202e}'), 'text that turns others around is named');
    assert.ok((await page.locator('#robot-facts').textContent()).includes(markup));
    assert.equal(await page.locator('img, script:not([src]), a').count(), 0);
    return { task };
  }),

  /** The audit is shown where the server offers it, and said to be missing where it does not. */
  audit: () => atTheConsole(async (page) => {
    const answer = await fetch(`${job.url}/v1/audit?after=0`, { headers: { Authorization: `Bearer ${job.tokens.ADMIN}` } });
    await logIn(page, 'ADMIN');
    if (answer.ok) {
      await page.locator('#audit-rows tr').first().waitFor();
      await page.getByText('the chain is intact').waitFor();
      await picture(page, 'audit-light');
    } else {
      await page.getByText('This server does not show its audit here (Not Found)').waitFor();
    }
  }),

  /** Narrow, dark, and everything big enough for a thumb. */
  look: async () => {
    const task = await order('pick the red cube and place it in the green bin');
    await until('it asks', async () => (await taskState(task)) === 'awaiting_approval');
    for (const [name, viewport] of [['phone', PHONE], ['desk', DESK]]) {
      for (const colorScheme of ['light', 'dark']) {
        await atTheConsole(async (page) => {
          await picture(page, `login-${name}-${colorScheme}`);
          await logIn(page, 'OPERATOR');
          await card(page).waitFor();
          await event(page, 'approval_required').waitFor();
          await shows(page, 'Robot may move');
          await fits(page);
          await page.screenshot({ path: `${job.screenshots}/console-${name}-${colorScheme}.png`, fullPage: true });
        }, { viewport, colorScheme });
      }
    }
    await ask('BUTTON', 'POST', '/v1/estop', { reason: 'a hand on the table' });
    for (const [name, viewport] of [['phone', PHONE], ['desk', DESK]]) {
      await atTheConsole(async (page) => {
        await logIn(page, 'OPERATOR');
        await shows(page, 'Robot is stopped');
        await event(page, 'result').waitFor();
        await fits(page);
        await picture(page, `stopped-${name}-dark`);
      }, { viewport, colorScheme: 'dark' });
    }
    return { task };
  },
};

/** Looks at the page, or at something else. */
const look = (page, at) => page.evaluate((visible) => {
  Object.defineProperty(document, 'hidden', { configurable: true, value: !visible });
  document.dispatchEvent(new Event('visibilitychange'));
}, at);

/** No sideways scrolling, and every control is at least 44 px high. */
async function fits(page) {
  const { wide, small } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth > window.innerWidth,
    small: Array.from(document.querySelectorAll('button, input:not([type=checkbox])'))
      .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 44)
      .map((one) => one.outerHTML),
  }));
  assert.ok(!wide, 'the page is wider than the screen');
  assert.deepEqual(small, []);
}

try {
  say((await scenarios[job.act]()) ?? {});
} finally {
  await leaveInOrder();
}
