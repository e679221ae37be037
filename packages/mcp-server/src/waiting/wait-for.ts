/** Whichever comes first. */
export type WaitEnding = 'done' | 'late' | 'aborted';

/**
 * Waits for the end of some work, but not for ever. Never rejects: work that fails is over as well.
 *
 * @param signal whoever waits no longer; null: nothing but the time ends the waiting
 */
export async function waitFor(
  work: Promise<unknown>,
  timeoutMs: number,
  signal: AbortSignal | null,
): Promise<WaitEnding> {
  if (signal?.aborted === true) return 'aborted';
  const { promise, resolve } = Promise.withResolvers<WaitEnding>();
  const onAbort = (): void => resolve('aborted');
  const timer = setTimeout(() => resolve('late'), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  work.then(
    () => resolve('done'),
    () => resolve('done'),
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
