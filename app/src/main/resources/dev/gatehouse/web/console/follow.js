// Following the log of one task: by number, over as many connections as it takes, with no event twice and none left out.

import { Problem } from './api.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** The server says something at least every 15 s, so after this long the connection is dead. */
const SILENCE_MS = 20_000;

/**
 * Follows a task until its result or until the signal.
 *
 * @param take hears every event of the log once, in order, and the lines between them that have no number
 * @param tell hears how the connection is: `live`, `waiting` with seconds, `ended`, or `refused` with a reason
 */
export async function follow(api, taskId, take, tell, signal) {
  let after = 0;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const given = AbortSignal.any([signal, silence.signal]);
      for await (const line of api.lines(`/v1/tasks/${encodeURIComponent(taskId)}/events?after=${after}`, given)) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        pause = FIRST_PAUSE_MS;
        tell('live');
        if (line.seq !== undefined) {
          if (line.seq <= after) continue;
          after = line.seq;
        }
        take(line);
        if (line.type === 'result') {
          tell('ended');
          return;
        }
      }
    } catch (problem) {
      if (problem instanceof Problem && problem.status < 500 && problem.status !== 429) {
        tell('refused', problem.message);
        return;
      }
    } finally {
      clearTimeout(timer);
    }
    if (signal.aborted) return;
    tell('waiting', Math.ceil(pause / 1000));
    // Many pages lose one server at the same moment; they do not come back at the same moment.
    await new Promise((resume) => setTimeout(resume, pause * (0.75 + Math.random() / 2)));
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
  }
}
