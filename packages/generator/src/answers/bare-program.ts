import type { LanguageId } from '@cloche/core/executor';
import { countSigns, isProgramLine } from './program-signs.ts';

/** More lines than these in front of a program are an essay with a line of code in it. */
const MOST_LEADING_LINES = 4;
const PROSE = /^(?:[A-Z\p{Lo}][^;{}()=<>$\\]*[.:!?。：！]|[*-] .+)$/u;

export interface BareProgram {
  readonly code: string;
  /** What stood around it. */
  readonly prose: string;
}

/** A program without a fence around it, or null where the text is not one. */
export function readBareProgram(text: string, wanted: LanguageId | null): BareProgram | null {
  const lines = text.trim().split('\n');
  const begin = lines
    .slice(0, MOST_LEADING_LINES + 1)
    .findIndex((line) => isProgramLine(line, wanted) || isComment(line));
  if (begin < 0) return null;
  let end = lines.length;
  while (end > begin && (PROSE.test((lines[end - 1] ?? '').trim()) || (lines[end - 1] ?? '').trim() === '')) {
    end -= 1;
  }
  const program = lines.slice(begin, end);
  const code = program.join('\n');
  if (!code.startsWith('#!') && countSigns(code, wanted) === 0) return null;
  const proseCount = program.filter((line) => PROSE.test(line.trim()) && !isComment(line)).length;
  if (proseCount * 4 > program.length) return null;
  return { code, prose: [...lines.slice(0, begin), ...lines.slice(end)].join('\n').trim() };
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|#(?:!|include| \w)|"""|\/\*\*)/u.test(line);
}
