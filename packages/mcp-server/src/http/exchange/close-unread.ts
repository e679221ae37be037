import type { ServerResponse } from 'node:http';

/**
 * Closes the connection of an answer that has been handed over whole and that nobody reads: it would stay open for
 * good, since a connection on which an answer is under way counts as busy.
 */
export function closeUnread(response: ServerResponse, timeoutMs: number): void {
  if (response.writableFinished || response.destroyed) return;
  if (response.socket === null) {
    // It stands behind another answer, whose turn it is.
    response.once('socket', () => closeUnread(response, timeoutMs));
    return;
  }
  const timer = setTimeout(() => response.destroy(), timeoutMs);
  response.once('close', () => clearTimeout(timer));
}
