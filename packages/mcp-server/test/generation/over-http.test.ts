import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientOfV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportOfV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { startModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../src/http/serve-http.ts';
import { textField } from '../support/answer-fields.ts';
import { until } from '../support/processes.ts';
import type { Sample, SampledAnswer, TestAnswer } from '../support/test-client.ts';
import { lendModelV1, lendModelV2 } from '../support/test-client.ts';
import type { TestServiceOptions } from '../support/test-service.ts';
import { openTestService } from '../support/test-service.ts';
import { says, scriptedClient } from './support/client-model.ts';
import { fenced } from './support/programs.ts';
import { generatorConfig } from './support/with-model.ts';

const INFO = { name: 'test', version: '1.0.0' };
const SAMPLING = { capabilities: { sampling: {} } };

interface HttpClient {
  call(name: string, given: Record<string, unknown>, signal?: AbortSignal): Promise<TestAnswer>;
  close(): Promise<void>;
}

type Connect = (url: string, authorization: string, sample: Sample | undefined) => Promise<HttpClient>;

function connectV2(mode: 'auto' | 'legacy'): Connect {
  return async (url, authorization, sample) => {
    const client = new Client(INFO, { ...(sample && SAMPLING), versionNegotiation: { mode } });
    lendModelV2(client, sample);
    const requestInit = { headers: { Authorization: authorization } };
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
    return {
      call: async (name, given, signal) =>
        (await client.callTool({ name, arguments: given }, { ...(signal && { signal }) })) as TestAnswer,
      close: () => client.close(),
    };
  };
}

const CLIENTS: Readonly<Record<string, Connect>> = {
  'the v2 client at 2026-07-28': connectV2('auto'),
  'the v2 client in its 2025-era mode': connectV2('legacy'),
  'the v1 client': async (url, authorization, sample) => {
    const client = new ClientOfV1(INFO, sample && SAMPLING);
    lendModelV1(client, sample);
    const requestInit = { headers: { Authorization: authorization } };
    await client.connect(new TransportOfV1(new URL(url), { requestInit }));
    return {
      call: async (name, given, signal) =>
        (await client.callTool({ name, arguments: given }, undefined, {
          ...(signal && { signal }),
        })) as TestAnswer,
      close: () => client.close(),
    };
  },
};

interface HttpConnection extends AsyncDisposable {
  readonly client: HttpClient;
  /** Another client with the same token. */
  connect(sample?: Sample): Promise<HttpClient>;
}

async function openHttp(
  name: string,
  sample?: Sample,
  options: TestServiceOptions = {},
): Promise<HttpConnection> {
  const connectClient = CLIENTS[name];
  if (connectClient === undefined) throw new Error(`There is no client ${name}.`);
  const opened = await openTestService(options);
  const serving = await serveHttp({ service: opened.service });
  const clients: HttpClient[] = [];
  const connect = async (model?: Sample): Promise<HttpClient> => {
    const client = await connectClient(serving.url, `Bearer ${serving.token ?? ''}`, model);
    clients.push(client);
    return client;
  };
  return {
    client: await connect(sample),
    connect,
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.close();
      await serving.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}

describe.each(Object.keys(CLIENTS))('over HTTP, %s', (name) => {
  test('lends its model, and gets a program that was repaired', async () => {
    const { sample, asked } = scriptedClient([
      says(fenced("raise SystemExit('no')")),
      says(fenced('print("yes")')),
    ]);
    await using connection = await openHttp(name, sample);
    const answer = await connection.client.call('generate_code', { requirement: 'Say yes.' });
    expect(answer.structuredContent).toMatchObject({
      status: 'ok',
      attempts: [{ status: 'runtime_error' }, { status: 'ok' }],
      execution: { stdout: 'yes\n' },
      model: { source: 'client' },
    });
    expect(asked).toHaveLength(2);
  });

  test('may go, and another connection of the same client lends its model to what goes on', async () => {
    const slow = "import time\ntime.sleep(1.5)\nraise SystemExit('not yet')";
    const first = scriptedClient([says(fenced(slow))]);
    await using connection = await openHttp(name, first.sample, {
      bounds: { waits: { answerWithinMs: 600 } },
    });
    const begun = await connection.client.call('generate_code', { requirement: 'x' });
    expect(begun.structuredContent).toMatchObject({ status: 'running' });
    await connection.client.close();
    const second = scriptedClient([says(fenced("print('from elsewhere')"))]);
    const client = await connection.connect(second.sample);
    const runId = textField(begun, 'run_id');
    const rest = await client.call('read_output', { run_id: runId, wait_seconds: 20 });
    expect(rest.structuredContent).toMatchObject({
      status: 'ok',
      execution: { stdout: 'from elsewhere\n' },
    });
    expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
  });

  test('that goes in the middle of a question leaves it to another connection', async () => {
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const { promise: never } = Promise.withResolvers<SampledAnswer>();
    await using connection = await openHttp(
      name,
      () => {
        onAsked();
        return never;
      },
      { bounds: { waits: { answerWithinMs: 500 } } },
    );
    const settled = Promise.allSettled([connection.client.call('generate_code', { requirement: 'x' })]);
    await asked;
    const { sample } = scriptedClient([says(fenced("print('after all')"))]);
    const client = await connection.connect(sample);
    await expect
      .poll(async () => (await client.call('manage_sandbox', { action: 'list' })).structuredContent)
      .toMatchObject({ runs: [{ status: 'running' }] });
    const listed = await client.call('manage_sandbox', { action: 'list' });
    const runs = (listed.structuredContent?.['runs'] ?? []) as readonly { readonly run_id: string }[];
    // The older revisions answer the call after its time; the newer one leaves it to the client, which waits for its model.
    if (name !== 'the v2 client at 2026-07-28') await settled;
    await connection.client.close();
    await expect
      .poll(
        async () =>
          (await client.call('read_output', { run_id: runs[0]?.run_id, wait_seconds: 2 })).structuredContent,
        { timeout: 10_000 },
      )
      .toMatchObject({ status: 'ok', execution: { stdout: 'after all\n' } });
  });

  test('hangs up on the model of the server by cancelling its call', async () => {
    await using model = await startModelServer();
    model.setFallback({ text: ['```python\n'], fault: 'silence' });
    await using connection = await openHttp(name, undefined, {
      config: { generator: generatorConfig(model) },
    });
    const abort = new AbortController();
    const settled = Promise.allSettled([
      connection.client.call('generate_code', { requirement: 'x' }, abort.signal),
    ]);
    await until(() => model.calls[0]?.sentAtMs.length === 1);
    abort.abort();
    expect(await settled).toMatchObject([{ status: 'rejected' }]);
    await until(() => model.calls[0]?.isAborted === true, 5_000);
    await expect
      .poll(
        async () => (await connection.client.call('manage_sandbox', { action: 'list' })).structuredContent,
      )
      .toMatchObject({ runs: [{ status: 'cancelled' }] });
  });
});
