// A server of the official TypeScript SDK that does the least of what ours does: it reads and parses the file at every call.
// Measurements compare with it; no test talks to it.
import { readFileSync } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { parse } from 'yaml';

const server = new McpServer({ name: 'gatehouse-peer-server', version: '1' });
server.registerTool('validate', { description: 'Reads and parses the manifest.' }, () => {
  const [, frontmatter] = readFileSync(process.argv[2], 'utf8').split(/^---$/m);
  const { metadata } = parse(frontmatter);
  return { content: [{ type: 'text', text: JSON.stringify({ ok: true, name: metadata.robot_name }) }] };
});
await server.connect(new StdioServerTransport());
