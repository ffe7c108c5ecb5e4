// An independent client of the rehearsal endpoint: prints what the official TypeScript SDK makes of each kind of answer,
// one JSON object, for NodeSdkTest to judge.
import Anthropic from '@anthropic-ai/sdk';
import { job, say } from './common.mjs';

const client = new Anthropic({ baseURL: job.url, apiKey: 'any', maxRetries: 0 });
const tools = [{ name: 'mcp__robot__render', input_schema: { type: 'object' } }];
const request = (goal, more = []) => ({
  model: 'gatehouse-rehearsal-1',
  max_tokens: 1024,
  messages: [{ role: 'user', content: goal }, ...more],
  tools,
});
const stream = (goal, more) => client.messages.stream(request(goal, more)).finalMessage();
const failure = async (goal) => {
  try {
    await stream(goal);
    return { name: 'none' };
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, type: error.error?.error?.type ?? null };
  }
};

const first = await stream('look');
const use = first.content.find((block) => block.type === 'tool_use');
const second = await stream('look', [
  { role: 'assistant', content: first.content },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'a red cube' }] },
]);
const whole = await client.messages.create(request('look'));
const { max_tokens: _, ...countable } = request('look');
const count = await client.messages.countTokens(countable);

say({
  first,
  second,
  whole,
  count,
  overloaded: await failure('overloaded'),
  broken: await failure('broken'),
  cut: await failure('cut'),
  unstopped: await failure('unstopped'),
  unknown: await failure('unknown'),
});
