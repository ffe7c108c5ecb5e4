// The official client of the extension for tasks: a call becomes a task, is followed to its end, or cancelled.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createTaskSessionFromClient } from '@modelcontextprotocol/ext-tasks/client';
import { bearer, identity, job, say } from './common.mjs';

const revision = '2026-07-28';
const capabilities = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const client = new Client(identity, { capabilities, versionNegotiation: { mode: { pin: revision } } });
await client.connect(new StreamableHTTPClientTransport(new URL(job.url), bearer));

// The SDK's client knows no tasks yet, so the extension leaves it to us to send its requests.
let id = 0;
async function rawDispatch(request) {
  const response = await fetch(job.url, {
    method: 'POST',
    headers: {
      ...bearer.requestInit.headers,
      'Content-Type': 'application/json',
      'MCP-Protocol-Version': revision,
      'Mcp-Method': request.method,
      'Mcp-Name': request.params.name ?? request.params.taskId,
    },
    body: JSON.stringify({ jsonrpc: '2.0', ...request, id: ++id }),
  });
  const { result, error } = await response.json();
  return error ? { kind: 'error', error } : { kind: 'result', result };
}

const session = createTaskSessionFromClient(client, {
  endpointId: job.url,
  rawDispatch,
  v2RequestFraming: { protocolVersion: revision, clientInfo: identity, clientCapabilities: capabilities },
});
const execution = await session.callTool(job.call.name, job.call.arguments);
if (job.act === 'cancel') {
  await execution.cancel();
}
const { outcome } = await execution.settle();
await session.close();
await client.close();
say({
  kind: execution.kind,
  status: outcome.status,
  error: String(outcome.error ?? ''),
  structured: outcome.result?.structuredContent ?? null,
});
