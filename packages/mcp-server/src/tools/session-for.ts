import type { SessionRegistry } from '../sessions/session-registry.ts';
import type { Session } from '../sessions/session.ts';

/** In place of an id: begin one. */
export const NEW_SESSION = 'new';

/** @throws ClocheError `ERR_REQUEST_INVALID` for a session that is not the principal's, or one more than may be */
export function sessionFor(
  sessions: SessionRegistry,
  id: string | undefined,
  principal: string,
): Session | null {
  if (id === undefined) return null;
  return id === NEW_SESSION ? sessions.open(principal) : sessions.find(principal, id);
}
