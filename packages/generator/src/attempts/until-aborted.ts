/**
 * What was begun, or the reason of an abort: at once, whether or not what was begun heeds it.
 *
 * @throws the signal's reason after an abort
 */
export async function untilAborted<Value>(signal: AbortSignal, begin: () => Promise<Value>): Promise<Value> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    begin().then(resolve, reject);
    return await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
