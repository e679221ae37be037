import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/client';
import type { HttpLimits } from '../../src/http/http-limits.ts';
import { serveHttp } from '../../src/http/serve-http.ts';
import { serveStdio } from '../../src/index.ts';
import type { McpService } from '../../src/index.ts';
import { connectV2 } from '../http/support/connect-clients.ts';
import { StreamTransport } from './stream-transport.ts';
import type { TestAnswer, TestCallOptions } from './test-client.ts';

const MODES = ['auto', 'legacy'] as const;

/** Each transport in each era. */
export const EVERY_CLIENT = [
  'HTTP, 2026-07-28',
  'HTTP, 2025-11-25',
  'stdio, 2026-07-28',
  'stdio, 2025-11-25',
] as const;

export interface NamedClient {
  readonly name: string;
  listTools(): Promise<unknown>;
  call(name: string, given: Record<string, unknown>, options?: TestCallOptions): Promise<TestAnswer>;
}

export interface EveryClient extends AsyncDisposable {
  /** As {@link EVERY_CLIENT} has them. */
  readonly clients: readonly NamedClient[];
}

/** One client for each transport and era, on one service. */
export async function openEveryClient(
  service: McpService,
  limits: Partial<HttpLimits> = {},
): Promise<EveryClient> {
  const serving = await serveHttp({ service, limits });
  const authorization = `Bearer ${serving.token ?? ''}`;
  const overHttp = await Promise.all(MODES.map((mode) => connectV2(serving.url, authorization, mode)));
  const overStdio = await Promise.all(MODES.map((mode) => connectStdio(service, mode)));
  return {
    clients: [
      ...overHttp.map(({ client }) => namedClient('HTTP', client)),
      ...overStdio.map(({ client }) => namedClient('stdio', client)),
    ],
    async [Symbol.asyncDispose]() {
      for (const connected of [...overHttp, ...overStdio]) await connected[Symbol.asyncDispose]();
      await serving.close();
    },
  };
}

async function connectStdio(
  service: McpService,
  mode: (typeof MODES)[number],
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

function namedClient(transport: string, client: Client): NamedClient {
  return {
    name: `${transport}, ${client.getNegotiatedProtocolVersion()}`,
    // Not by listTools(): the client compiles what that gives it anew each time, and keeps all of it.
    listTools: () => client.request({ method: 'tools/list' }),
    call: async (name, given, options) =>
      (await client.callTool({ name, arguments: given }, options)) as TestAnswer,
  };
}
