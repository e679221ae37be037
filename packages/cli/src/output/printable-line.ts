import { stripVTControlCharacters } from 'node:util';

/** A line that a build printed, fit for a terminal: no colours, and a space for every control character. */
export function printableLine(line: string): string {
  return stripVTControlCharacters(line).replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
}
