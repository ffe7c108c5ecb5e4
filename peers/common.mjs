// What all clients here share: the job comes in on standard input, what was seen goes out on standard output, both as JSON.
import { readFileSync } from 'node:fs';

export const job = JSON.parse(readFileSync(0, 'utf8'));

export const identity = { name: 'gatehouse-peer', version: '1' };

/** How a transport over HTTP shows the credential. */
export const bearer = { requestInit: { headers: { Authorization: `Bearer ${job.token}` } } };

export const say = (seen) => process.stdout.write(JSON.stringify(seen));

/** Everything a server offers, asked for one by one, in the form of Seen.java. */
export async function everything(client) {
  const seen = { tools: {}, resources: {}, prompts: {} };
  for (const tool of (await client.listTools()).tools) {
    const result = await client.callTool({ name: tool.name, arguments: job.toolArguments?.[tool.name] ?? {} });
    seen.tools[tool.name] = {
      description: tool.description,
      inputSchema: tool.inputSchema,
      text: result.content[0].text,
      structured: result.structuredContent ?? null,
    };
  }
  for (const { uri, name, description, mimeType } of (await client.listResources()).resources) {
    const [content] = (await client.readResource({ uri })).contents;
    seen.resources[uri] = { name, description, mimeType, text: content.text };
  }
  for (const { name, description, arguments: blanks } of (await client.listPrompts()).prompts) {
    const filled = Object.fromEntries(blanks.map((blank) => [blank.name, 'arm.pick']));
    const { messages } = await client.getPrompt({ name, arguments: filled });
    seen.prompts[name] = { description, text: messages[0].content.text };
  }
  seen.instructions = client.getInstructions();
  seen.server = client.getServerVersion().name;
  return seen;
}
