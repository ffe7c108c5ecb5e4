// Logging in, logging out, and asking the server every second how things are.

import { Api, Problem } from './api.js';
import { Approvals } from './approvals.js';
import { Audit } from './audit.js';
import { byId, say, sayIfAny } from './dom.js';
import { Robot } from './robot.js';
import { Stop } from './stop.js';
import { Tasks } from './tasks.js';

const EVERY_MS = 1_000;

/** An answer about the state that takes longer is none: what it says may not be true any more. */
const STATE_PATIENCE_MS = 3_000;

/** Even when nothing seems to have happened, the lists are read again after this many rounds. */
const ROUNDS = 5;

/** Everything that happens between a login and the logout. */
class Session {
  #over = new AbortController();
  #api;
  #robot;
  #stop;
  #approvals;
  #tasks;
  #audit;
  #asked = 0;
  #shown = 0;
  #status;
  #heard = 0;
  #listed = '';
  #lag = '';
  #round = 0;

  constructor(api, who) {
    this.#api = api;
    this.#robot = new Robot(api, who);
    this.#stop = new Stop(api, () => this.#stopped());
    this.#approvals = new Approvals(api, who);
    this.#tasks = new Tasks(api, who);
    this.#audit = new Audit(api, who);
    for (const part of [this.#robot, this.#stop, this.#tasks]) part.listen(this.#over.signal);
    byId('logout').addEventListener('click', () => this.end(''), { signal: this.#over.signal });
    document.addEventListener('visibilitychange', () => this.#awake(), { signal: this.#over.signal });
  }

  /** State and lists are asked for apart, so that a slow list never makes the state old. */
  async run() {
    await this.#askState();
    this.#repeat(() => this.#askState());
    this.#repeat(() => this.#askLists());
  }

  async #repeat(work) {
    while (!this.#over.signal.aborted) {
      await work();
      await new Promise((resume) => setTimeout(resume, EVERY_MS));
    }
  }

  /** An answer counts only if none was shown that was asked for later. */
  async #askState() {
    const asked = ++this.#asked;
    try {
      const status = await this.#api.get('/v1/status', STATE_PATIENCE_MS);
      if (asked >= this.#shown && !this.#over.signal.aborted) {
        this.#shown = asked;
        this.#show(status);
      }
    } catch (problem) {
      if (this.#matters(problem) && asked >= this.#shown) {
        this.#lose(problem instanceof Problem ? problem.message : 'no connection to the server');
      }
    }
  }

  /** What was asked before the stop is no answer any more. */
  #stopped() {
    this.#shown = this.#asked + 1;
    this.#askState();
  }

  async #askLists() {
    try {
      await this.#lists();
      this.#lag = '';
    } catch (problem) {
      if (this.#matters(problem)) this.#lag = problem.message;
    }
  }

  #show(status) {
    this.#status = status;
    this.#heard = Date.now();
    this.#robot.show(status);
    this.#stop.seen(status.interlock);
    if (this.#lag) connection('down', `lists not current: ${this.#lag}`);
    else connection('up', 'connected');
  }

  async #lists() {
    if (!this.#status) return;
    const { audit, open_tasks } = this.#status;
    const seen = `${audit.last_seq} ${open_tasks}`;
    if (seen !== this.#listed || open_tasks > 0 || this.#approvals.waiting || this.#round++ % ROUNDS === 0) {
      await this.#approvals.refresh();
      await this.#tasks.refresh();
      await this.#audit.refresh(audit.last_seq);
      this.#listed = seen;
    }
  }

  /** Whether something failed; what was given up to make way for a stop, or by logging out, has not. */
  #matters(problem) {
    if (this.#over.signal.aborted || problem.name === 'AbortError') return false;
    const over = problem instanceof Problem && problem.status === 401;
    if (over) this.end(`The server does not take this token any more (${problem.message}). From here the robot cannot be stopped.`);
    return !over;
  }

  #lose(why) {
    connection('down', 'not connected, trying again');
    this.#robot.lose(why);
  }

  /** Pages that nobody looks at are put to sleep; what they knew then is old. */
  #awake() {
    if (document.hidden) return;
    if (Date.now() - this.#heard > EVERY_MS + STATE_PATIENCE_MS) this.#lose('asking the server');
    this.#askState();
  }

  end(why) {
    this.#over.abort();
    this.#api.makeWay();
    byId('desk').remove();
    byId('login').hidden = false;
    sayIfAny(byId('login-problem'), why);
    document.title = 'Gatehouse';
    byId('token').focus();
  }
}

function connection(state, words) {
  byId('connection').dataset.state = state;
  say(byId('connection'), words);
}

/** Everybody may stop, so that is said only of those who may do nothing else. */
function rights(who) {
  const rights = [who.tier === 'none' ? '' : `tier ${who.tier}`, ...who.roles].filter((right) => right && right !== 'stop');
  return [who.caller, ...(rights.length > 0 ? rights : ['may stop'])].join(' · ');
}

async function login(event) {
  event.preventDefault();
  const field = byId('token');
  const api = new Api(field.value.trim());
  try {
    const who = await api.get('/v1/whoami');
    field.value = '';
    sayIfAny(byId('login-problem'), '');
    byId('login').hidden = true;
    document.body.append(byId('session').content.cloneNode(true));
    say(byId('where'), location.host);
    say(byId('who'), rights(who));
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
