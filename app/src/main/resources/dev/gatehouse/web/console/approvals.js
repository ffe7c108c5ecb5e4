// Calls that wait for a person. The person sees the exact call and decides on the digest of what was shown.

import { byId, clock, cut, make, say, sayIfAny, visible } from './dom.js';
import { changes, digest } from './exact.js';

const PAST = 8;
const SETTLED_MS = 600;

/** The open questions and the latest answers. */
export class Approvals {
  #api;
  #cards = new Map();
  #settling = 0;

  constructor(api, who) {
    this.#api = api;
    byId('approvals').hidden = !who.roles.some((role) => role === 'approve' || role === 'clear');
  }

  /** Whether something waits for this person, and its time runs. */
  get waiting() {
    return this.#cards.size > 0;
  }

  async refresh() {
    if (byId('approvals').hidden) return;
    const { approvals } = await this.#api.get('/v1/approvals');
    const open = approvals.filter((approval) => approval.state === 'pending');
    say(byId('approvals-count'), open.length > 0 ? `${open.length} waiting` : '');
    byId('approvals-none').hidden = open.length > 0 || this.#cards.size > 0;
    this.#past(approvals.filter((approval) => approval.state !== 'pending'));
    for (const [id, card] of this.#cards) {
      const approval = approvals.find((one) => one.id === id);
      if (!card.keep && approval?.state !== 'pending') this.#drop(id);
    }
    for (const approval of open) {
      if (!this.#cards.has(approval.id)) {
        const before = approvals.slice(0, approvals.indexOf(approval)).findLast((one) => one.tool === approval.tool);
        this.#add(new Card(approval, before, this.#api, () => this.#drop(approval.id)));
      }
      this.#cards.get(approval.id).tick();
    }
  }

  #add(card) {
    this.#cards.set(card.id, card);
    byId('approvals-open').append(card.element);
    this.#settle();
  }

  #drop(id) {
    this.#cards.get(id)?.element.remove();
    this.#cards.delete(id);
    this.#settle();
  }

  /** A question that has just moved under a finger is not answered by it. */
  #settle() {
    byId('approvals-open').classList.add('moving');
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => byId('approvals-open')?.classList.remove('moving'), SETTLED_MS);
  }

  #past(answered) {
    const rows = answered.slice(-PAST).reverse().map((approval) => {
      const by = approval.approver ? ` by ${approval.approver}` : '';
      const why = approval.reason ? `: ${approval.reason}` : '';
      return `${approval.state}${by} · ${approval.tool} ${cut(JSON.stringify(approval.arguments), 120)}${why}`;
    });
    const list = byId('approvals-past');
    rows.forEach((text, i) => say(list.children[i] ?? list.appendChild(document.createElement('li')), text));
    while (list.children.length > rows.length) list.lastElementChild.remove();
  }
}

/** One question. */
class Card {
  /** Stays when the question is answered, because something has still to be read. */
  keep = false;
  #approval;
  #api;
  #done;
  #parts = {};

  constructor(approval, before, api, done) {
    this.#approval = approval;
    this.#api = api;
    this.#done = done;
    this.element = byId('approval').content.firstElementChild.cloneNode(true);
    for (const part of this.element.querySelectorAll('[data-fill]')) this.#parts[part.dataset.fill] = part;
    this.#fill(before);
    this.#check();
    for (const button of this.element.querySelectorAll('button')) {
      button.addEventListener('click', () => this.#decide(button.name));
    }
    this.element.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  }

  get id() {
    return this.#approval.id;
  }

  /** Shows how much time is left. */
  tick() {
    const left = Math.ceil((Date.parse(this.#approval.expires_at) - Date.now()) / 1000);
    say(this.#parts.expiry, left > 0
      ? `${left} s left; denied at ${clock(this.#approval.expires_at)} if nobody answers`
      : 'The time is over.');
    this.#parts.expiry.classList.toggle('urgent', left <= 30);
  }

  #fill(before) {
    const { tool, caller, task_id, plan_step, reasons, warnings, arguments_sha256 } = this.#approval;
    say(this.#parts.tool, tool);
    say(this.#parts.asker, [`asked by ${caller}`, task_id ?? 'a direct call', plan_step && `step ${plan_step}`,
      `because of ${reasons.join(', ')}`].filter(Boolean).join(' · '));
    this.#parts.warnings.append(...warnings.map((warning) => make('li', '', warning)));
    // Line by line, so that a line break inside a text cannot pass for one of the layout.
    this.#parts.call.textContent = visible(JSON.stringify(this.#approval.arguments, null, 2));
    say(this.#parts.digest, arguments_sha256);
    this.#parts.changes.append(...compared(before, this.#approval));
  }

  /** The digest that will be sent must be the digest of what is shown. */
  async #check() {
    const computed = await digest(this.#approval.arguments);
    if (computed === null) {
      say(this.#parts.checked, 'digest not checked: browsers compute none on plain HTTP');
    } else if (computed === this.#approval.arguments_sha256) {
      say(this.#parts.checked, '✓ is the digest of what you see');
    } else {
      say(this.#parts.checked, '✗ is NOT the digest of what you see: something was taken out. It cannot be approved here.');
      this.element.querySelector('[name=approve]').disabled = true;
    }
  }

  async #decide(decision) {
    const reason = this.element.querySelector('[name=reason]').value;
    try {
      const answer = await this.#api.post(`/v1/approvals/${this.id}`, {
        decision, arguments_sha256: this.#approval.arguments_sha256, reason,
      });
      sayIfAny(this.#parts.problem, '');
      if (answer.confirm_token) this.#handOver(answer.confirm_token);
      else if (answer.state === 'pending') sayIfAny(this.#parts.problem, 'Taken. Another person has to agree as well.');
      else this.#done();
    } catch (problem) {
      sayIfAny(this.#parts.problem, `Not taken: ${problem.message}.`);
    }
  }

  /** A direct call waits for nobody: its caller asks again and brings this along. */
  #handOver(token) {
    this.keep = true;
    const done = make('button', '', 'Done, forget it');
    done.type = 'button';
    done.addEventListener('click', this.#done);
    this.element.querySelector('form').replaceChildren(
      make('p', '', 'Approved. Give the caller this confirm_token for the repeated call. It is shown once.'),
      make('code', 'token', token), done);
  }
}

/** What differs from the question before about the same tool. */
function compared(before, approval) {
  if (!before) return [make('p', 'quiet', 'There is no earlier call of this tool to compare with.')];
  const answer = before.state === 'pending' ? 'still open' : before.state;
  if (before.arguments_sha256 === approval.arguments_sha256) {
    return [make('p', 'quiet', `The same arguments as the call before (${answer}).`)];
  }
  const table = make('table', 'changes', make('caption', '', `Changed since the call before (${answer})`),
    make('thead', '', make('tr', '', ...['', 'before', 'now'].map((name) => make('th', '', name)))),
    make('tbody', '', ...changes(before.arguments, approval.arguments).map(({ path, before: old, now }) => make('tr', '',
      make('th', '', path || '(all)'),
      make('td', 'old', old ?? '–'),
      make('td', 'new', now ?? '–')))));
  return [table];
}
