// The tasks this credential may see, and the log of one of them while it grows.

import { byId, clock, cut, make, say, sayIfAny } from './dom.js';
import { line } from './events.js';
import { follow } from './follow.js';

const SHOWN = 50;
const MOST_LINES = 2_000;

/** The list and the followed task. */
export class Tasks {
  #api;
  #rows = new Map();
  #tasks = new Map();
  #chosen = '';
  #following = new AbortController();

  constructor(api, who) {
    this.#api = api;
    byId('tasks').hidden = who.tier === 'none' && !who.roles.includes('admin');
    say(byId('tasks-whose'), who.roles.includes('admin') ? 'of everybody' : `of ${who.caller}`);
  }

  listen(signal) {
    signal.addEventListener('abort', () => this.#following.abort());
    byId('task-cancel').addEventListener('click', () => this.#cancel(), { signal });
    // A page that nobody looks at keeps no connection: browsers have few, and the stop needs one.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#following.abort();
      else if (this.#chosen) this.#open(this.#chosen);
    }, { signal });
  }

  async refresh() {
    if (byId('tasks').hidden) return;
    const { tasks } = await this.#api.get(`/v1/tasks?limit=${SHOWN}`);
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
    byId('tasks-none').hidden = tasks.length > 0;
    this.#list(tasks);
    if (!this.#chosen && tasks.length > 0) this.#open((tasks.find((task) => !task.terminal) ?? tasks[0]).id);
    this.#head();
  }

  #list(tasks) {
    for (const task of tasks) if (!this.#rows.has(task.id)) this.#rows.set(task.id, this.#row(task.id));
    for (const id of this.#rows.keys()) if (!this.#tasks.has(id)) this.#rows.delete(id);
    const rows = tasks.map((task) => this.#rows.get(task.id));
    const list = byId('tasks-list');
    if (rows.length !== list.children.length || rows.some((row, i) => row !== list.children[i])) {
      list.replaceChildren(...rows);
    }
    for (const task of tasks) this.#paint(task);
  }

  #row(id) {
    const button = make('button', 'plain', make('span', 'chip'), make('span', 'goal'), make('span', 'quiet'));
    button.type = 'button';
    button.addEventListener('click', () => this.#open(id));
    return make('li', '', button);
  }

  #paint(task) {
    const button = this.#rows.get(task.id).firstChild;
    const [chip, goal, facts] = button.children;
    paintState(chip, task.state);
    say(goal, cut(task.goal ?? task.kind, 120));
    say(facts, `${task.caller} · ${clock(task.created_at)}`);
    if (task.id === this.#chosen) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }

  #head() {
    const task = this.#tasks.get(this.#chosen);
    if (!task) return;
    say(byId('task-goal'), task.goal ?? task.kind);
    paintState(byId('task-state'), task.state);
    say(byId('task-facts'), `${task.effect} · ${task.engine} · turn ${task.turn} · $${Number(task.cost_usd).toFixed(4)} · ${task.id}`);
    byId('task-cancel').hidden = task.terminal;
  }

  #open(id) {
    this.#following.abort();
    this.#following = new AbortController();
    this.#chosen = id;
    byId('task').hidden = false;
    byId('task-events').replaceChildren();
    sayIfAny(byId('task-problem'), '');
    this.#tasks.forEach((task) => this.#paint(task));
    this.#head();
    follow(this.#api, id, (event) => this.#take(event), stream, this.#following.signal);
  }

  #take(event) {
    const row = line(event);
    if (!row) return;
    const list = byId('task-events');
    const log = byId('task-log');
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    // How far a motion is matters only until it is farther.
    if (event.type === 'progress' && list.lastElementChild?.dataset.type === 'progress') list.lastElementChild.remove();
    if (event.type === 'artifact') row.append(this.#saveKey(event));
    list.append(row);
    if (list.children.length > MOST_LINES) list.firstElementChild.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
    if (event.type === 'state') paintState(byId('task-state'), event.to);
    if (event.type === 'result') {
      paintState(byId('task-state'), event.status);
      byId('task-cancel').hidden = true;
    }
  }

  #saveKey(artifact) {
    const key = make('button', '', 'Save');
    key.type = 'button';
    key.addEventListener('click', () => this.#save(artifact));
    return key;
  }

  /** A link would have to carry the token, so the bytes come here first and go to the browser as a file. */
  async #save({ task_id: task, name }) {
    try {
      const path = `/v1/tasks/${encodeURIComponent(task)}/artifacts/${encodeURIComponent(name)}`;
      const file = URL.createObjectURL(new Blob([await this.#api.bytes(path)], { type: 'application/octet-stream' }));
      const link = make('a', '');
      link.href = file;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(file), 60_000);
      sayIfAny(byId('task-problem'), '');
    } catch (problem) {
      sayIfAny(byId('task-problem'), `Not saved: ${problem.message}.`);
    }
  }

  async #cancel() {
    try {
      await this.#api.post(`/v1/tasks/${this.#chosen}/cancel`, { reason: 'canceled in the console' });
      sayIfAny(byId('task-problem'), '');
    } catch (problem) {
      sayIfAny(byId('task-problem'), `Not canceled: ${problem.message}.`);
    }
  }
}

const TONES = {
  completed: 'good', awaiting_approval: 'ask', stopping: 'ask', queued: '', accepted: '', running: 'live',
};

function paintState(chip, state) {
  say(chip, state.replaceAll('_', ' '));
  chip.dataset.tone = Object.hasOwn(TONES, state) ? TONES[state] : 'bad';
}

function stream(state, detail) {
  const status = byId('task-stream');
  status.dataset.state = state;
  say(status, {
    live: 'Live',
    waiting: `Stream lost, again in ${detail} s`,
    ended: 'Ended',
    refused: `Cannot be followed: ${detail}`,
  }[state]);
}
