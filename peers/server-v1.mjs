// A server of the official TypeScript SDK that does what `gatehouse mcp` does in outline: it reads, parses and validates the file at
// every call, with our own schema. Measurements compare with it; no test talks to it. Usage: server-v1.mjs MANIFEST SCHEMA
import { readFileSync } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse, stringify } from 'yaml';

const [, , manifest, schema] = process.argv;
const ajv = new Ajv2020.default({ allErrors: true, strict: false });
addFormats.default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

const read = () => {
  const [, frontmatter, ...body] = readFileSync(manifest, 'utf8').split(/^---$/m);
  return { frontmatter: parse(frontmatter), body: body.join('---') };
};
const { metadata } = read().frontmatter;
const text = (value) => ({ content: [{ type: 'text', text: value }] });

const server = new McpServer({ name: 'gatehouse-peer-server', version: '1' });
server.registerTool('validate', { description: 'Validates the manifest.' }, () => {
  const ok = valid(read().frontmatter);
  return text(JSON.stringify({ ok, errors: valid.errors ?? [] }));
});
server.registerTool('render', { description: 'The manifest as YAML.' }, () => text(stringify(read().frontmatter)));
for (const kind of ['identity', 'context', 'frontmatter', 'capabilities', 'safety', 'body']) {
  const uri = `robot-md://${encodeURIComponent(metadata.robot_name)}/${kind}`;
  server.registerResource(kind, uri, { mimeType: 'text/plain' }, () => ({
    contents: [{ uri, text: JSON.stringify(read().frontmatter[kind] ?? read().body) }],
  }));
}
await server.connect(new StdioServerTransport());
