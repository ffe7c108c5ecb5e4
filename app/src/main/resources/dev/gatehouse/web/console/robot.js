// Whether the robot may move, and what else the server says of it. What is not known any more is never shown as if it were.

import { byId, clock, make, say, sayIfAny } from './dom.js';
import { times } from './stop.js';

/** The safety bar and the facts below it. */
export class Robot {
  #api;
  #mayClear;
  #latch = '';
  #heard = '';

  constructor(api, who) {
    this.#api = api;
    this.#mayClear = who.roles.includes('clear');
  }

  listen(signal) {
    byId('clear').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#clear();
    }, { signal });
  }

  /** Shows what the server has just said. */
  show(status) {
    this.#heard = clock(Date.now());
    aged('');
    this.#bar(status.interlock);
    this.#clearing(status.interlock);
    const { interlock, lease, manifest, audit } = status;
    facts([
      ['Stop', interlock.latched ? `latched since ${clock(interlock.since)}` : 'not latched', interlock.latched],
      ['Latch', interlock.latch_id ?? '', false, 'code'],
      ['Reason', interlock.reason ?? ''],
      ['Last stop', interlock.stop ? times(interlock.stop) : '', interlock.stop?.acked === false],
      ['Lease', lease ? `held, generation ${lease.generation}` : 'free'],
      ['Open tasks', String(status.open_tasks)],
      ['Manifest', manifestState(manifest), !manifest.valid || manifest.changed],
      ['SHA-256', manifest.sha256, false, 'code'],
      ['Audit', audit.ok ? `writing, ${audit.last_seq} records` : 'CANNOT BE WRITTEN: nothing moves', !audit.ok],
    ]);
  }

  /** Shows that nothing is known any more. */
  lose(why) {
    bar('unknown', 'State unknown', `${why}. Nothing heard since ${this.#heard || 'the login'}.`);
    if (this.#heard) aged(`Not current: this is how it was at ${this.#heard}.`);
  }

  #bar(interlock) {
    if (!interlock.latched) {
      bar('ready', 'Robot may move', 'The stop is not latched.');
    } else if (interlock.stop?.acked !== true) {
      bar('unconfirmed', 'Stop not confirmed', `Latched by ${interlock.by} at ${clock(interlock.since)}, but the robot has not confirmed it.`);
    } else {
      bar('stopped', 'Robot is stopped', `By ${interlock.by} at ${clock(interlock.since)}. It stays so until a person clears it.`);
    }
  }

  /** The form is about one latch; when another stop comes it begins anew. */
  #clearing(interlock) {
    const form = byId('clear');
    form.hidden = !(this.#mayClear && interlock.latched);
    const latch = interlock.latch_id ?? '';
    if (latch === this.#latch) return;
    this.#latch = latch;
    form.reset();
    say(byId('clear-latch'), latch);
    byId('clear-force-label').hidden = true;
    sayIfAny(byId('clear-problem'), '');
  }

  async #clear() {
    const latch = this.#latch;
    const problem = byId('clear-problem');
    if (!latch.endsWith(byId('clear-check').value)) {
      sayIfAny(problem, 'These are not the last four characters of the latch id above.');
      return;
    }
    const body = { latch_id: latch, reason: byId('clear-reason').value };
    if (byId('clear-force').checked) body.force = true;
    try {
      await this.#api.post('/v1/estop/clear', body);
      sayIfAny(problem, '');
    } catch (refusal) {
      sayIfAny(problem, `Not cleared: ${refusal.message}.`);
      if (refusal.code === 'stop_unacked') byId('clear-force-label').hidden = false;
    }
  }
}

function bar(state, word, detail) {
  byId('safety').dataset.state = state;
  say(byId('state-word'), word);
  say(byId('state-detail'), detail);
  say(byId('stop-word'), state === 'stopped' ? 'STOP AGAIN' : 'STOP');
  document.title = `${word} · ${location.host}`;
}

/** Marks everything on the page as old. */
function aged(note) {
  byId('desk').classList.toggle('aged', note !== '');
  sayIfAny(byId('robot-age'), note);
}

function manifestState(manifest) {
  if (!manifest.readable) return 'CANNOT BE READ';
  if (!manifest.valid) return 'INVALID';
  return manifest.changed ? 'CHANGED since the server started' : 'valid, as it was at the start';
}

/** Rows of name, text, whether it is a reason to worry, and how it is set. */
function facts(rows) {
  byId('robot-facts').replaceChildren(...rows.filter(([, text]) => text !== '').map(([name, text, worrying, set = '']) =>
    make('div', worrying ? 'worry' : set, make('dt', '', name), make('dd', '', text))));
}
