// The official TypeScript SDK, version 2: the client of both eras.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { appendFileSync } from 'node:fs';
import { bearer, everything, identity, job, say } from './common.mjs';

const modern = job.revision === '2026-07-28';
const transport = job.url
  ? new StreamableHTTPClientTransport(new URL(job.url), bearer)
  : new StdioClientTransport({ command: job.command[0], args: job.command.slice(1), stderr: 'inherit' });
const client = new Client(
  identity,
  modern
    ? { versionNegotiation: { mode: { pin: job.revision } } }
    : { supportedProtocolVersions: [job.revision] },
);
await client.connect(transport);
const seen = await { everything, hear, move, giveUp }[job.act](client);
seen.revision = client.getNegotiatedProtocolVersion();
await client.close();
say(seen);

/** Hears of a change of a resource, made by changing the file it comes from. */
async function hear() {
  const updated = new Promise((resolve) =>
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => resolve(params.uri)));
  const subscription = modern ? await client.listen({ resourceSubscriptions: [job.uri] }) : undefined;
  if (!modern) {
    await client.subscribeResource({ uri: job.uri });
  }
  appendFileSync(job.file, '\nOne more line.\n');
  const uri = await updated;
  await (modern ? subscription.close() : client.unsubscribeResource({ uri: job.uri }));
  return { uri, honored: subscription?.honoredFilter ?? null, closed: (await subscription?.closed) ?? null };
}

/** Lets a motion come to its end and hears how far it is. */
async function move() {
  const heard = [];
  const { structuredContent } = await client.callTool(job.call, { onprogress: ({ progress }) => heard.push(progress) });
  return { status: structuredContent.status, heard };
}

/** Gives a motion up as soon as it has begun. */
async function giveUp() {
  const doubt = new AbortController();
  try {
    await client.callTool(job.call, { signal: doubt.signal, onprogress: () => doubt.abort('changed my mind') });
    return { ended: 'by itself' };
  } catch {
    return { ended: 'given up' };
  }
}
