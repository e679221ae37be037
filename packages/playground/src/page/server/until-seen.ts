/** Resolves as soon as somebody can see the page. */
export function untilSeen(signal: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      if (document.visibilityState !== 'visible' && !signal.aborted) return;
      document.removeEventListener('visibilitychange', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    document.addEventListener('visibilitychange', end);
    signal.addEventListener('abort', end);
  });
}

/** Aborted when the page is hidden: a browser has few connections to a server, for all its tabs together. */
export function whileSeen(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const look = (): void => {
    if (document.visibilityState === 'hidden') controller.abort();
  };
  document.addEventListener('visibilitychange', look);
  return {
    signal: controller.signal,
    end: () => document.removeEventListener('visibilitychange', look),
  };
}
