import type { RunnerSession } from '@cloche/core';
import type { Session } from '../sessions/session.ts';

/** Programs of a generation run in a session like any others, and are counted there. */
export function sessionForGeneration(session: Session): RunnerSession {
  return {
    execute: (request, { signal } = {}) => session.execute(request, signal ?? new AbortController().signal),
    // It is its client's, and outlives the generation.
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
