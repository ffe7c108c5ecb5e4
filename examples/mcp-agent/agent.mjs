// Another agent that uses the robot as its tools, over MCP: it asks what there is, looks, and tries to move.
import { readFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const url = new URL('/mcp', process.env.GATEHOUSE_URL ?? 'http://127.0.0.1:8080');
// From a file, so that the token is neither an argument nor in the environment of what this program may start.
const token = readFileSync(process.env.GATEHOUSE_TOKEN_FILE, 'utf8').trim();

const client = new Client({ name: 'example-agent', version: '1' });
await client.connect(
  new StreamableHTTPClientTransport(url, { requestInit: { headers: { Authorization: `Bearer ${token}` } } }),
);
try {
  const { tools } = await client.listTools();
  console.log('tools:', tools.map((tool) => tool.name).join(', '));

  const seen = await client.callTool({ name: 'vision_find', arguments: { descriptor_id: 'red_cube' } });
  console.log('red cube:', seen.structuredContent.status);

  // What the gate refuses comes back as a result, for the agent to read, and not as an error of the protocol.
  const moved = await client.callTool({ name: 'execute_capability', arguments: { capability: 'arm.home' } });
  const refusal = moved.structuredContent?.error?.reason ?? moved.content[0]?.text;
  console.log('moving:', moved.structuredContent?.status === 'ok' ? 'done' : `refused, ${refusal}`);
} finally {
  await client.close();
}
