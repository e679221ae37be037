import { createHash } from 'node:crypto';

/** A name for whoever these parts identify, in which none of them can be read. */
export function principalOf(...parts: readonly [kind: string, ...identity: string[]]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
