import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { serveHttp } from '../../src/http/serve-http.ts';
import { serveStdio } from '../../src/index.ts';
import type { McpService } from '../../src/index.ts';
import { connectV2 } from '../http/support/connect-clients.ts';
import { StreamTransport } from '../support/stream-transport.ts';
import type { TestAnswer } from '../support/test-client.ts';
import type { MixtureClient } from './call-mixture.ts';

/** Clients close a connection a second before the server would: none is closed under a call that has just begun. */
const IDLE_CONNECTION_MS = 2_000;
const GENEROUS = {
  requestBurstPerClient: 100_000,
  requestsPerSecondPerClient: 100_000,
  idleConnectionTimeoutMs: IDLE_CONNECTION_MS,
};
const ERAS = ['auto', 'legacy'] as const;

/** Until the connections that nobody uses are closed. */
export function quiet(): Promise<void> {
  return delay(IDLE_CONNECTION_MS);
}

export interface OpenClients extends AsyncDisposable {
  readonly clients: readonly MixtureClient[];
  /** What the clients speak, in their order. */
  readonly revisions: readonly (string | undefined)[];
}

/** One client for each transport and era, on one service. */
export async function openClients(service: McpService): Promise<OpenClients> {
  const serving = await serveHttp({ service, limits: GENEROUS });
  const authorization = `Bearer ${serving.token ?? ''}`;
  const overHttp = await Promise.all(ERAS.map((era) => connectV2(serving.url, authorization, era)));
  const overStdio = await Promise.all(ERAS.map((era) => connectStdio(service, era)));
  const all = [...overHttp, ...overStdio];
  return {
    clients: all.map(({ client }) => mixtureClient(client)),
    revisions: all.map(({ client }) => client.getNegotiatedProtocolVersion()),
    async [Symbol.asyncDispose]() {
      for (const connected of all) await connected[Symbol.asyncDispose]();
      await serving.close();
    },
  };
}

async function connectStdio(
  service: McpService,
  mode: (typeof ERAS)[number],
): Promise<AsyncDisposable & { readonly client: Client }> {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const served = serveStdio({ service, stdin, stdout });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamTransport(stdout, stdin));
  return {
    client,
    async [Symbol.asyncDispose]() {
      await client.close();
      stdin.end();
      await served;
    },
  };
}

function mixtureClient(client: Client): MixtureClient {
  return {
    // Not by listTools(): the client compiles what that gives it anew each time, and keeps all of it.
    listTools: () => client.request({ method: 'tools/list' }),
    call: async (name, given, options) =>
      (await client.callTool({ name, arguments: given }, options)) as TestAnswer,
  };
}
