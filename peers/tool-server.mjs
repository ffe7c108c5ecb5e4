// A robot's tool server of the official TypeScript SDK, for Gatehouse to own and to ask (dispatcher.md D16.5).
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

const text = (value) => ({ content: [{ type: 'text', text: value }] });
const server = new McpServer({ name: 'gatehouse-peer-tools', version: '1' });
let stopped = false;

server.registerTool('render', { description: 'Renders.', annotations: { readOnlyHint: true } }, () => text('rendered'));
server.registerTool(
  'execute_capability',
  { description: 'Moves until it is told not to.', inputSchema: { capability: z.string() } },
  ({ capability }, { signal }) =>
    new Promise((done) => {
      const end = () => done(text(`${capability} cut`));
      signal.addEventListener('abort', end);
      setTimeout(() => done(text(`${capability} done`)), capability === 'arm.home' ? 0 : 600_000).unref();
    }),
);
server.registerTool('estop', { description: 'Stops.' }, () => {
  stopped = true;
  return { ...text('stopped'), structuredContent: { ok: true } };
});
server.registerTool('status', { description: 'Tells.' }, () => text(stopped ? 'stopped' : 'ready'));
await server.connect(new StdioServerTransport());
