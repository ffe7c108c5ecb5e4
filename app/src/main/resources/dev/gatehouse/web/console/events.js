// One line of text for every type of event (dispatcher.md 4.2), and how much attention it wants.

import { clock, cut, make } from './dom.js';

const json = (value) => cut(JSON.stringify(value ?? null), 400);
const usd = (amount) => `$${Number(amount ?? 0).toFixed(4)}`;
const bad = (text) => [text, 'bad'];
const good = (text) => [text, 'good'];
const ask = (text) => [text, 'ask'];

const WORDS = {
  accepted: (e) => `${e.effect} task of ${e.caller}; engine ${e.engine}, model ${e.model}`,
  queued: (e) => `waits for a ${e.reason}, position ${e.position}`,
  state: (e) => `${e.from} → ${e.to}${e.reason ? ` (${e.reason})` : ''}`,
  session: (e) => `${e.engine} with ${e.tools?.length ?? 0} tools: ${(e.tools ?? []).map((tool) => tool.name).join(', ')}`,
  text: (e) => [e.text, 'spoken'],
  tool_call: (e) => `${e.tool} ${json(e.arguments)}`,
  gate_decision: (e) => [`${e.behavior}: ${e.tool}${e.message ? `, ${e.message}` : ''} (${e.code})`,
    { allow: '', ask: 'ask', deny: 'bad' }[e.behavior]],
  approval_required: (e) => ask(`${e.tool} waits for a person until ${clock(e.expires_at)}`),
  approval_resolved: (e) => [`${e.decision}${e.approver ? ` by ${e.approver}` : ''}${e.reason ? `: ${e.reason}` : ''}`,
    e.decision === 'approved' ? 'good' : 'bad'],
  lease: (e) => [`${e.action}, generation ${e.generation}`, e.action === 'lost' ? 'bad' : ''],
  progress: (e) => `${e.message ?? ''} ${e.progress}${e.total ? ` of ${e.total}` : ''}`.trim(),
  tool_result: (e) => [`${e.tool}: ${e.outcome}, ${e.duration_ms} ms${(e.content ?? []).map(content).join('')}`,
    e.outcome === 'ok' ? 'good' : 'bad'],
  usage: (e) => `turn ${e.turn}: ${e.input_tokens} in, ${e.output_tokens} out, ${usd(e.cost_usd)}; ${usd(e.total_usd)} so far`,
  retry: (e) => `${e.what}, attempt ${e.attempt} in ${e.delay_ms} ms (${e.code})`,
  safety: (e) => bad(`${e.kind}${e.by ? ` by ${e.by}` : ''}${e.ms === undefined ? '' : `, ${e.ms} ms`}`),
  stream: (e) => `${e.action}: ${e.reason}`,
  artifact: (e) => `${e.name}, ${e.mime}, ${e.bytes} bytes`,
  output: (e) => [e.text, 'spoken'],
  warning: (e) => ask(`${e.message} (${e.code})`),
  error: (e) => bad(`${e.message} (${e.code})`),
  result: (e) => (e.status === 'completed' ? good : bad)(`${e.status}${e.summary ? `: ${e.summary}` : ''}${e.error ? ` (${e.error.code})` : ''}`),
  gap: (e) => ask(`events ${e.from_seq} to ${e.to_seq} were left out: this page was too slow`),
  text_delta: () => null,
  heartbeat: () => null,
};

const content = (part) => (part.text ? `: ${cut(part.text, 400)}` : '');

/** The line for an event; null if it has nothing to say. A type that this page does not know is shown as it is. */
export function line(event) {
  const known = Object.hasOwn(WORDS, event.type);
  const words = known ? WORDS[event.type](event) : json(event);
  if (words === null) return null;
  const [text, tone] = Array.isArray(words) ? words : [words, ''];
  const row = make('li', tone,
    make('span', 'seq', event.seq === undefined ? '' : String(event.seq)),
    make('time', '', clock(event.ts)),
    make('b', '', event.type),
    make('span', 'words', text ?? ''));
  row.dataset.type = event.type;
  return row;
}
