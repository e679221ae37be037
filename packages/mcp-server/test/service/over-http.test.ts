import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../src/http/serve-http.ts';
import { connectV1, connectV2 } from '../http/support/connect-clients.ts';
import { processesWith, until } from '../support/processes.ts';
import type { TestAnswer } from '../support/test-client.ts';
import { openTestService } from '../support/test-service.ts';

interface HttpClient extends AsyncDisposable {
  /** Default: `execute_code`. */
  call(given: Record<string, unknown>, signal?: AbortSignal, tool?: string): Promise<TestAnswer>;
}

const CLIENTS: Readonly<Record<string, (url: string, authorization: string) => Promise<HttpClient>>> = {
  'the v2 client at 2026-07-28': (url, authorization) => clientOfV2(url, authorization, 'auto'),
  'the v2 client in its 2025-era mode': (url, authorization) => clientOfV2(url, authorization, 'legacy'),
  'the v1 client': async (url, authorization) => {
    const connected = await connectV1(url, authorization);
    return {
      call: async (given, signal, tool = 'execute_code') =>
        (await connected.client.callTool(
          { name: tool, arguments: given },
          undefined,
          signal === undefined ? {} : { signal },
        )) as TestAnswer,
      [Symbol.asyncDispose]: () => connected[Symbol.asyncDispose](),
    };
  },
};

async function clientOfV2(url: string, authorization: string, mode: 'auto' | 'legacy'): Promise<HttpClient> {
  const connected = await connectV2(url, authorization, mode);
  return {
    call: async (given, signal, tool = 'execute_code') =>
      (await connected.client.callTool(
        { name: tool, arguments: given },
        signal === undefined ? {} : { signal },
      )) as TestAnswer,
    [Symbol.asyncDispose]: () => connected[Symbol.asyncDispose](),
  };
}

describe.each(Object.keys(CLIENTS))('over HTTP, %s', (name) => {
  test('runs programs, and kills one by cancelling its call', async () => {
    await using opened = await openTestService();
    const serving = await serveHttp({ service: opened.service });
    const client = await CLIENTS[name]?.(serving.url, `Bearer ${serving.token ?? ''}`);
    const answer = await client?.call({ code: 'print(6 * 7)', language: 'python' });
    expect(answer?.structuredContent).toMatchObject({ status: 'ok', stdout: '42\n' });
    const mark = `over-http-${name.replaceAll(' ', '-')}`;
    const abort = new AbortController();
    const given = { code: 'import time; time.sleep(60)', language: 'python', args: [mark] };
    const settled = Promise.allSettled([client?.call(given, abort.signal)]);
    await until(async () => (await processesWith(mark)).length > 0);
    abort.abort();
    expect(await settled).toMatchObject([{ status: 'rejected' }]);
    await until(async () => (await processesWith(mark)).length === 0, 5_000);
    expect(await processesWith(mark)).toEqual([]);
    await client?.[Symbol.asyncDispose]();
    await serving.close();
  });

  test('may go and come back to a run that has answered running', async () => {
    await using opened = await openTestService({ bounds: { waits: { answerWithinMs: 500 } } });
    const serving = await serveHttp({ service: opened.service });
    const authorization = `Bearer ${serving.token ?? ''}`;
    const first = await CLIENTS[name]?.(serving.url, authorization);
    const code = "import time; time.sleep(3); print('done')";
    const begun = await first?.call({ code, language: 'python' });
    expect(begun?.structuredContent).toMatchObject({ status: 'running' });
    await first?.[Symbol.asyncDispose]();
    const second = await CLIENTS[name]?.(serving.url, authorization);
    const runId = begun?.structuredContent?.['run_id'];
    const rest = await second?.call({ run_id: runId, wait_seconds: 20 }, undefined, 'read_output');
    expect(rest?.structuredContent).toMatchObject({ status: 'ok', text: 'done\n' });
    await second?.[Symbol.asyncDispose]();
    await serving.close();
  });
});
