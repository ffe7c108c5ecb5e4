// Logging in, logging out, and asking the server every second how things are.

import { Api, Problem } from './api.js';
import { Approvals } from './approvals.js';
import { Audit } from './audit.js';
import { byId, say, sayIfAny } from './dom.js';
import { Robot } from './robot.js';
import { Stop } from './stop.js';
import { Tasks } from './tasks.js';

const EVERY_MS = 1_000;

/** Even when nothing seems to have happened, the lists are read again after this many rounds. */
const ROUNDS = 5;

/** Everything that happens between a login and the logout. */
class Session {
  #over = new AbortController();
  #api;
  #robot;
  #approvals;
  #tasks;
  #audit;
  #seen = '';
  #round = 0;

  constructor(api, who) {
    this.#api = api;
    this.#robot = new Robot(api, who);
    this.#approvals = new Approvals(api, who);
    this.#tasks = new Tasks(api, who);
    this.#audit = new Audit(api, who);
    this.#robot.listen(this.#over.signal);
    this.#tasks.listen(this.#over.signal);
    new Stop(api, () => this.#refresh().catch(() => {})).listen(this.#over.signal);
    byId('logout').addEventListener('click', () => this.end(''), { signal: this.#over.signal });
  }

  async run() {
    while (!this.#over.signal.aborted) {
      try {
        await this.#refresh();
        connection('up', 'connected');
      } catch (problem) {
        this.#failed(problem);
      }
      await new Promise((resume) => setTimeout(resume, EVERY_MS));
    }
  }

  async #refresh() {
    const status = await this.#api.get('/v1/status');
    if (this.#over.signal.aborted) return;
    this.#robot.show(status);
    const seen = `${status.audit.last_seq} ${status.open_tasks}`;
    if (seen !== this.#seen || status.open_tasks > 0 || this.#approvals.waiting || this.#round++ % ROUNDS === 0) {
      await this.#approvals.refresh();
      await this.#tasks.refresh();
      await this.#audit.refresh(status.audit.last_seq);
      this.#seen = seen;
    }
  }

  #failed(problem) {
    // What was given up to make way for a stop says nothing about the connection.
    if (this.#over.signal.aborted || problem.name === 'AbortError') return;
    if (problem instanceof Problem && problem.status === 401) {
      this.end(`The server does not take this token any more (${problem.message}). From here the robot cannot be stopped.`);
      return;
    }
    const why = problem instanceof Problem ? problem.message : 'no connection to the server';
    connection('down', 'not connected, trying again');
    this.#robot.lose(why);
  }

  end(why) {
    this.#over.abort();
    this.#api.makeWay();
    byId('desk').hidden = true;
    byId('login').hidden = false;
    sayIfAny(byId('login-problem'), why);
    sayIfAny(byId('stop-report'), '');
    document.title = 'Gatehouse';
    byId('token').focus();
  }
}

function connection(state, words) {
  byId('connection').dataset.state = state;
  say(byId('connection'), words);
}

function rights(who) {
  return [who.caller, who.tier === 'none' ? '' : `tier ${who.tier}`, ...who.roles].filter(Boolean).join(' · ');
}

async function login(event) {
  event.preventDefault();
  const field = byId('token');
  const api = new Api(field.value.trim());
  try {
    const who = await api.get('/v1/whoami');
    field.value = '';
    sayIfAny(byId('login-problem'), '');
    const onlyStops = who.tier === 'none' && who.roles.every((role) => role === 'stop');
    say(byId('who'), onlyStops ? `${who.caller} · may stop` : rights(who));
    byId('login').hidden = true;
    byId('desk').hidden = false;
    // The next Tab is the STOP; it has not the focus itself, so that an Enter held too long presses nothing.
    byId('desk').focus();
    new Session(api, who).run();
  } catch (problem) {
    sayIfAny(byId('login-problem'), problem instanceof Problem
      ? `Not logged in: ${problem.message}.`
      : 'The server cannot be reached. Try again.');
  }
}

byId('login-form').addEventListener('submit', login);
byId('token').focus();
