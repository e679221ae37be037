import type { ConfigKey } from '@cloche/core';

/** What was chosen in the page, by key, as the configuration reads it. Null: as if no file gave the key. */
export type SessionChoices = Readonly<Partial<Record<ConfigKey, string | null>>>;

/** @param changes undefined: back to what the configuration says */
export function withChanges(
  choices: SessionChoices,
  changes: ReadonlyMap<ConfigKey, string | null | undefined>,
): SessionChoices {
  const next: Partial<Record<ConfigKey, string | null>> = { ...choices };
  for (const [key, value] of changes) {
    if (value === undefined) delete next[key];
    else next[key] = value;
  }
  return next;
}
