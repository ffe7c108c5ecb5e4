// A real browser in front of the console, and what must hold whatever is done there.
import assert from 'node:assert/strict';
import net from 'node:net';
import { chromium } from 'playwright-core';
import { job } from './common.mjs';

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };

/** Opens the console of a server for one scenario; afterwards nothing of what was shown has run as a script or broken a rule. */
export async function atTheConsole(scenario, { url = job.url, viewport = DESK, colorScheme = 'light' } = {}) {
  const browser = await chromium.launch({
    executablePath: job.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce', locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const broken = [];
    page.on('pageerror', (error) => broken.push(`error ${error.stack}`));
    page.on('dialog', (dialog) => { broken.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
    await page.exposeFunction('violated', (what) => broken.push(`policy ${what}`));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation',
      (event) => window.violated(`${event.violatedDirective} ${event.blockedURI}`)));
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin) broken.push(`request ${request.url()}`);
    });
    await page.goto(`${url}/console`);
    const seen = await scenario(page);
    assert.deepEqual(broken, []);
    return seen;
  } finally {
    // What a scenario put between the page and its server may be at work in this moment.
    const pages = browser.contexts().flatMap((context) => context.pages());
    await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
    await browser.close();
  }
}

export async function logIn(page, who) {
  await page.getByLabel('Token').fill(job.tokens[who]);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: /^STOP/ }).waitFor();
}

/** Asks the server past the browser, as somebody. */
export async function ask(who, method, path, body, headers = {}) {
  const response = await fetch(job.url + path, {
    method,
    headers: { Authorization: `Bearer ${job.tokens[who]}`, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}

/** Orders a task that goes on without anybody. */
export const order = async (goal, who = 'ACTUATOR') =>
  (await ask(who, 'POST', '/v1/tasks', { goal }, { Prefer: 'respond-async' })).id;

/** Ends what is still going on and clears the latch, past the browser. */
export async function leaveInOrder() {
  for (const { id, terminal } of (await ask('ADMIN', 'GET', '/v1/tasks')).tasks) {
    if (!terminal) await ask('ADMIN', 'POST', `/v1/tasks/${id}/cancel`);
  }
  const { interlock } = await ask('CLEARER', 'GET', '/v1/status');
  if (interlock.latched) {
    await ask('CLEARER', 'POST', '/v1/estop/clear', { latch_id: interlock.latch_id, reason: 'the test goes on' });
  }
}

export const until = async (what, condition) => {
  for (let i = 0; i < 300; i++) {
    if (await condition()) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  assert.fail(`never: ${what}`);
};

/** A way to the server that can be cut and mended. */
export class Line {
  #open = new Set();
  #server;
  #port = 0;

  async mend() {
    this.#server = net.createServer((near) => {
      const far = net.connect(Number(new URL(job.url).port), '127.0.0.1');
      for (const [one, other] of [[near, far], [far, near]]) {
        this.#open.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => { this.#open.delete(one); other.destroy(); });
        one.pipe(other);
      }
    });
    await new Promise((resume) => this.#server.listen(this.#port, '127.0.0.1', resume));
    this.#port = this.#server.address().port;
  }

  cut() {
    this.#server.close();
    this.#open.forEach((socket) => socket.destroy());
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }
}
