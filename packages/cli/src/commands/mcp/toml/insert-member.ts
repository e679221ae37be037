import type { InlineTable } from './toml-pairs.ts';

/** Puts `key = value` behind the last member of an inline table. */
export function insertMember(
  text: string,
  { open, close, lastComma, members }: InlineTable,
  member: string,
): string {
  const last = members.at(-1);
  if (last === undefined) {
    const isOpen = text.slice(open + 1, close).trim() !== '';
    // A comment may stand in it, behind which nothing would count.
    return isOpen
      ? `${text.slice(0, open + 1)} ${member}${text.slice(open + 1)}`
      : `${text.slice(0, open)}{ ${member} }${text.slice(close + 1)}`;
  }
  // A table with a comma behind the last member keeps that style.
  return lastComma === null
    ? `${text.slice(0, last.end)}, ${member}${text.slice(last.end)}`
    : `${text.slice(0, lastComma + 1)} ${member},${text.slice(lastComma + 1)}`;
}
