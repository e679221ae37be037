import { EngineTimeoutError } from './engine-failure.ts';

export interface CallBounds {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Asked now and then while nothing comes: who has stopped answering at all is not waited for until the deadline. */
  readonly isAlive?: () => Promise<boolean>;
}

export interface BoundedWork {
  /** Aborts at the deadline, and when the caller aborts. */
  readonly signal: AbortSignal;
  /** Something was heard: the time begins again. */
  touch(): void;
}

const INTERRUPTED = Symbol('interrupted');
const PULSE_MS = 2000;

/**
 * Runs `work`, and ends with it, with the deadline, or with the caller's signal, whichever comes first. It does not rely
 * on the work to stop: a connection that is stuck may not notice.
 *
 * @param discard takes what the work brings when nobody waits for it any more
 * @throws EngineTimeoutError at the deadline; the signal's reason when it aborts; what `work` rejects with
 */
export async function boundedCall<T>(
  bounds: CallBounds,
  work: (bounded: BoundedWork) => Promise<T>,
  discard: (value: T) => void = () => {},
): Promise<T> {
  bounds.signal?.throwIfAborted();
  const controller = new AbortController();
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<typeof INTERRUPTED>();
  const onAbort = () => interrupt(INTERRUPTED);
  const startedAtMs = performance.now();
  const timer = setTimeout(onAbort, bounds.timeoutMs);
  let silentForMs: number | null = null;
  const stopPulse = takePulse(bounds.isAlive, () => {
    silentForMs = Math.round(performance.now() - startedAtMs);
    onAbort();
  });
  bounds.signal?.addEventListener('abort', onAbort, { once: true });
  const result = work({ signal: controller.signal, touch: () => timer.refresh() });
  try {
    const first = await Promise.race([result, interrupted]);
    if (first !== INTERRUPTED) return first;
    result.then(discard, () => {});
    controller.abort();
    bounds.signal?.throwIfAborted();
    throw new EngineTimeoutError(silentForMs ?? bounds.timeoutMs);
  } finally {
    clearTimeout(timer);
    stopPulse();
    bounds.signal?.removeEventListener('abort', onAbort);
  }
}

/** @returns what ends it */
function takePulse(isAlive: CallBounds['isAlive'], onSilence: () => void): () => void {
  if (isAlive === undefined) return () => {};
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    void isAlive().then((answers) => {
      isAsking = false;
      if (!answers) onSilence();
    });
  }, PULSE_MS);
  return () => clearInterval(timer);
}
