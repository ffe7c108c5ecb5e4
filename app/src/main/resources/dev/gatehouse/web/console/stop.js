// The STOP. It asks again and again until the server has said that the robot is latched, or that it does not take this stop.

import { byId, sayIfAny } from './dom.js';
import { Problem } from './api.js';

const PATIENCE_MS = 2_000;
const PAUSE_MS = 250;

/** Answers after which it is worth asking again. */
const passing = (problem) => !(problem instanceof Problem) || problem.status >= 500 || problem.status === 429;

/** The big button and the key. */
export class Stop {
  #api;
  #stopped;
  #asking = false;
  #taken = false;

  /**
   * @param stopped hears what the server says of the stop
   */
  constructor(api, stopped) {
    this.#api = api;
    this.#stopped = stopped;
  }

  /** Wires button and key; they work from everywhere on the page, whatever has the focus. */
  listen(signal) {
    byId('stop').addEventListener('click', () => this.press(), { signal });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing && !event.repeat) {
        event.preventDefault();
        this.press();
      }
    }, { signal, capture: true });
  }

  async press() {
    if (this.#asking) return;
    this.#asking = true;
    this.#api.makeWay();
    const report = byId('stop-report');
    for (let attempt = 1; this.#asking; attempt++) {
      sayIfAny(report, attempt === 1
        ? 'Stopping…'
        : `No answer to the stop yet, attempt ${attempt}. Use another way to stop the robot if there is one.`);
      try {
        this.#over(report, await this.#api.post('/v1/estop', { reason: 'STOP in the console' }, PATIENCE_MS));
      } catch (problem) {
        if (passing(problem)) {
          await new Promise((resume) => setTimeout(resume, PAUSE_MS));
        } else {
          this.#asking = false;
          sayIfAny(report, `The stop was NOT taken: ${problem.message}. Use another way to stop the robot.`);
        }
      }
    }
  }

  /** The robot may confirm a stop later; and what was said of it is over when its latch is. */
  seen(interlock) {
    if (!this.#taken) return;
    this.#taken = interlock.latched;
    sayIfAny(byId('stop-report'), interlock.latched ? `Latched. ${times(interlock.stop)}` : '');
  }

  #over(report, answer) {
    if (answer.latched !== true) throw new Error('not latched');
    this.#asking = false;
    this.#taken = true;
    sayIfAny(report, `Latched. ${times(answer.stop)}`);
    this.#stopped(answer);
  }
}

/** How fast a stop was, in words. */
export function times(stop) {
  if (!stop) return 'How the robot took it is not known.';
  const issued = stop.issued_ms === undefined ? 'The stop is being issued' : `The stop was issued after ${stop.issued_ms} ms`;
  const acked = stop.acked
    ? stop.ack_ms === undefined ? 'the robot confirmed it' : `the robot confirmed it after ${stop.ack_ms} ms`
    : 'THE ROBOT HAS NOT CONFIRMED IT';
  return `${issued}; ${acked}.`;
}
