/** What {@link within} gives when the time was over first. */
export const TIME_IS_OVER: unique symbol = Symbol('time is over');

export interface WithinOptions {
  /** Default: none. */
  readonly signal?: AbortSignal | null;
  /** False: the process may end while this waits. Default true. */
  readonly keepsProcess?: boolean;
}

/**
 * The outcome of `work`, or {@link TIME_IS_OVER} after `timeoutMs`. The signal that `work` gets is
 * aborted then, and when `signal` is; what it does afterwards is of no account.
 *
 * @throws whatever `work` throws in time, and the reason of `signal` when that is aborted first
 */
export async function within<Value>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Value>,
  { signal = null, keepsProcess = true }: WithinOptions = {},
): Promise<Value | typeof TIME_IS_OVER> {
  signal?.throwIfAborted();
  const giveUp = new AbortController();
  const { promise: interrupted, resolve, reject } = Promise.withResolvers<typeof TIME_IS_OVER>();
  const onTimeout = (): void => {
    resolve(TIME_IS_OVER);
    giveUp.abort();
  };
  const onAbort = (): void => {
    reject(signal?.reason);
    giveUp.abort(signal?.reason);
  };
  const timer = setTimeout(onTimeout, timeoutMs);
  if (!keepsProcess) timer.unref();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(giveUp.signal), interrupted]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
