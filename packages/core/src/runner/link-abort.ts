/**
 * Passes an abort on, until the function that it returns is called.
 * Not `AbortSignal.any`: a caller's signal may serve many runs, and keeps nothing of those that have ended.
 */
export function linkAbort(signal: AbortSignal | null, abort: AbortController): () => void {
  if (signal === null) return () => undefined;
  const onAbort = (): void => abort.abort(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => signal.removeEventListener('abort', onAbort);
}
