import type { LanguageId } from '@cloche/core/executor';
import type { FencedBlock } from './fence-scanner.ts';
import { isRunSnippet } from './is-run-snippet.ts';
import type { FenceTag } from './language-of-tag.ts';
import { countSigns } from './program-signs.ts';

/** Tags that models use for a neighbour; its compiler has the last word. */
const RELATED: Readonly<Partial<Record<LanguageId, LanguageId>>> = {
  c: 'cpp',
  cpp: 'c',
  javascript: 'typescript',
  typescript: 'javascript',
};

/** Of two programs about as long as each other, the later one is the corrected one. */
const NEARLY_AS_LONG = 0.8;

/** The block that is the program, or null where none fits. */
export function chooseBlock(blocks: readonly FencedBlock[], wanted: LanguageId | null): FencedBlock | null {
  const ranked = blocks
    .map((block) => ({ block, rank: rankOf(block, wanted), size: sizeOf(block) }))
    .filter(({ rank, size }) => rank > 0 && size > 0);
  const best = largest(ranked.map(({ rank }) => rank));
  const fitting = ranked.filter(({ rank }) => rank === best);
  const longest = largest(fitting.map(({ size }) => size));
  return fitting.findLast(({ size }) => size >= longest * NEARLY_AS_LONG)?.block ?? null;
}

/** Of any number of numbers: an answer may have more blocks than a call may have arguments. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

/** Whether a block that begins like this can be shown as the program while it is written. */
export function maybeTheProgram(tag: FenceTag, wanted: LanguageId | null): boolean {
  if (tag.kind === 'generic') return true;
  if (tag.language === null) return false;
  // "Install it like this" comes first often enough.
  return wanted === null ? tag.language !== 'bash' : isLanguage(tag.language, wanted);
}

export function isLanguage(tagged: LanguageId, wanted: LanguageId): boolean {
  return tagged === wanted || RELATED[wanted] === tagged;
}

function rankOf({ tag, lines }: FencedBlock, wanted: LanguageId | null): number {
  const isSnippet = isRunSnippet(lines);
  if (tag.language !== null) {
    if (wanted !== null && !isLanguage(tag.language, wanted)) return 0;
    if (tag.language === 'bash' && isSnippet) return wanted === 'bash' ? 2 : 0;
    return tag.language === wanted || wanted === null ? 5 : 4;
  }
  const signs = countSigns(lines.join('\n'), wanted);
  if (tag.kind === 'generic') return isSnippet && wanted !== 'bash' ? 0 : signs > 0 ? 3 : 2;
  return tag.kind === 'text' && signs > 1 ? 1 : 0;
}

function sizeOf({ lines }: FencedBlock): number {
  return lines.reduce((sum, line) => sum + line.trim().length, 0);
}
