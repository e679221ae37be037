import type { LanguageId } from '@cloche/core/executor';

/**
 * Whether a string that runs over lines is open at the end of these lines, so that a fence there belongs to the
 * program. A guess: comments and quoted quotes are not told apart.
 */
export function isInsideString(lines: readonly string[], language: LanguageId | null): boolean {
  const check = language === null ? undefined : CHECKS[language];
  return check !== undefined && check(lines);
}

const CHECKS: Readonly<Partial<Record<LanguageId, (lines: readonly string[]) => boolean>>> = {
  python: (lines) => hasOddCount(lines, '"""') || hasOddCount(lines, "'''"),
  java: (lines) => hasOddCount(lines, '"""'),
  rust: (lines) => isRawStringOpen(lines, /r(?<hashes>#+)"/u, (hashes) => `"${hashes}`),
  cpp: (lines) =>
    isRawStringOpen(lines, /R"(?<delimiter>[^\s()\\]{0,16})\(/u, (delimiter) => `)${delimiter}"`),
  bash: isHeredocOpen,
};

function hasOddCount(lines: readonly string[], quotes: string): boolean {
  let count = 0;
  for (const line of lines) count += line.split(quotes).length - 1;
  return count % 2 === 1;
}

function isRawStringOpen(
  lines: readonly string[],
  opening: RegExp,
  closing: (mark: string) => string,
): boolean {
  let rest = lines.join('\n');
  for (;;) {
    const match = opening.exec(rest);
    if (match === null) return false;
    const after = rest.slice(match.index + match[0].length);
    const end = closing(match[1] ?? '');
    const at = after.indexOf(end);
    if (at < 0) return true;
    rest = after.slice(at + end.length);
  }
}

function isHeredocOpen(lines: readonly string[]): boolean {
  let delimiter: string | null = null;
  for (const line of lines) {
    if (delimiter !== null) {
      if (line.trim() === delimiter) delimiter = null;
      continue;
    }
    delimiter = /(?<!<)<<-?[ \t]*(?:'(\w+)'|"(\w+)"|(\w+))/u.exec(line)?.slice(1).find(Boolean) ?? null;
  }
  return delimiter !== null;
}
