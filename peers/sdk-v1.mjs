// The official TypeScript SDK, version 1: the client of the time of handshakes.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { bearer, everything, identity, job, say } from './common.mjs';

const transport = job.url
  ? new StreamableHTTPClientTransport(new URL(job.url), bearer)
  : new StdioClientTransport({ command: job.command[0], args: job.command.slice(1), stderr: 'inherit' });
const client = new Client(identity);
await client.connect(transport);
const seen = await everything(client);
await client.ping();
await client.close();
say(seen);
