/** Whichever comes first. A request that was cancelled waits no longer. */
export type WaitEnding = 'done' | 'late' | 'aborted';

export async function waitFor(
  work: Promise<void>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<WaitEnding> {
  if (signal.aborted) return 'aborted';
  const { promise, resolve } = Promise.withResolvers<WaitEnding>();
  const onAbort = (): void => resolve('aborted');
  const timer = setTimeout(() => resolve('late'), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  work.then(
    () => resolve('done'),
    () => resolve('done'),
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
