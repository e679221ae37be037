// Control characters, and the invisible ones that reorder or hide what stands around them.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** A name that a program chose, fit for a terminal: escape sequences and line breaks become visible. */
export function printable(name: string): string {
  if (!UNPRINTABLE.test(name)) return name;
  const escaped = [...name].map((character) =>
    UNPRINTABLE.test(character) ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character,
  );
  return `"${escaped.join('')}"`;
}
