/**
 * What `work` brings, unless the signal aborts first or has done so before. The work goes on then, and what becomes of
 * it is of no account.
 *
 * @throws the signal's reason; what `work` rejects with
 */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    // The first of two that are settled already wins, which must be the signal.
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
