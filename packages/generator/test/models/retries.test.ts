import { startModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { openCodeModel } from '../../src/index.ts';
import { failToWrite, PROVIDERS, resolvedAt, write } from './support/test-models.ts';

/** Between the calls, as the server saw them. */
function pauses(calls: readonly { readonly receivedAtMs: number }[]): readonly number[] {
  return calls.slice(1).map(({ receivedAtMs }, index) => receivedAtMs - (calls[index]?.receivedAtMs ?? 0));
}

describe.each(PROVIDERS)('%s', (provider) => {
  test('asked too often, it asks again after the delay that the service names', async () => {
    await using server = await startModelServer();
    server.script([{ failure: 'rate limit', retryAfterSeconds: 0.2 }, 'then it writes']);
    const { answer } = await write(openCodeModel(resolvedAt(server, provider)));
    expect(answer.text).toBe('then it writes');
    expect(server.calls).toHaveLength(2);
    // A timer may fire a millisecond early.
    expect(pauses(server.calls)[0]).toBeGreaterThanOrEqual(198);
  });

  test('a delay beyond the bound is not waited for, but told', async () => {
    await using server = await startModelServer();
    server.script([{ failure: 'rate limit', retryAfterSeconds: 3600 }]);
    const { error } = await failToWrite(resolvedAt(server, provider), { maximumRetries: 2 });
    expect(error.hint).toBe('Try again in 3600 s.');
    expect(error.localizedHint('zh')).toBe('请在 3600 秒后重试。');
    expect(error.retryable).toBe(true);
    expect(server.calls).toHaveLength(1);
  });

  test('a used up quota is not asked again, whatever delay stands beside it', async () => {
    await using server = await startModelServer();
    server.script([{ failure: 'no credit', retryAfterSeconds: 0 }]);
    const { error } = await failToWrite(resolvedAt(server, provider), { maximumRetries: 2 });
    expect(error.message).toContain('is used up');
    expect(server.calls).toHaveLength(1);
  });
});

test('overloaded, it asks again, and gives up after the last try', async () => {
  await using server = await startModelServer();
  server.setFallback({ failure: 'overloaded', retryAfterSeconds: 0 });
  const { error } = await failToWrite(resolvedAt(server, 'anthropic'), { maximumRetries: 2 });
  expect(error.message).toContain('is overloaded');
  expect(server.calls).toHaveLength(3);
});

test('the delay may be in milliseconds, or a date', async () => {
  await using server = await startModelServer();
  const refused = { status: 429, body: { error: { message: 'slow down' } } };
  server.script([
    { ...refused, headers: { 'retry-after-ms': '20' } },
    { ...refused, headers: { 'retry-after': new Date(Date.now() - 1000).toUTCString() } },
    'at last',
  ]);
  const { answer } = await write(openCodeModel(resolvedAt(server, 'compatible')));
  expect(answer.text).toBe('at last');
});

test('the delay of Google’s that stands in the body is waited for', async () => {
  await using server = await startModelServer();
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.05s' }];
  const error = { code: 429, message: 'slow down', status: 'RESOURCE_EXHAUSTED', details };
  server.script([{ status: 429, body: { error } }, 'at last']);
  const { answer } = await write(openCodeModel(resolvedAt(server, 'google')));
  expect(answer.text).toBe('at last');
});

test('no answer that has begun is asked for again', async () => {
  await using server = await startModelServer();
  server.script([{ text: ['one', 'two'], fault: { failure: 'overloaded' } }]);
  const { text } = await failToWrite(resolvedAt(server, 'anthropic'), { maximumRetries: 2 });
  expect([text, server.calls.length]).toEqual(['one', 1]);
});

test('cancelled while it waits, it ends at once', async () => {
  await using server = await startModelServer();
  server.script([{ failure: 'rate limit', retryAfterSeconds: 9 }]);
  const stop = new AbortController();
  const model = openCodeModel(resolvedAt(server, 'compatible'));
  const startedAtMs = performance.now();
  const written = write(model, { signal: stop.signal });
  await expect.poll(() => server.calls.length).toBe(1);
  stop.abort(new Error('enough'));
  await expect(written).rejects.toThrow('enough');
  expect(performance.now() - startedAtMs).toBeLessThan(5000);
  expect(server.calls).toHaveLength(1);
});
