import { expect, test } from 'vitest';
import { unlessAborted } from '../src/unless-aborted.ts';

const never = (): Promise<never> => new Promise(() => undefined);

test('work is not waited for when the signal aborts, or has done so before', async () => {
  const reason = new Error('enough');
  const abort = new AbortController();
  const waiting = unlessAborted(never(), abort.signal);
  abort.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(unlessAborted(never(), abort.signal)).rejects.toBe(reason);
  await expect(unlessAborted(Promise.resolve(1), abort.signal)).rejects.toBe(reason);
});

test('work brings what it brings while nobody aborts', async () => {
  const { signal } = new AbortController();
  const failure = new Error('no luck');
  expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(unlessAborted(Promise.reject(failure), signal)).rejects.toBe(failure);
});
