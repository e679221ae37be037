import type { AnswerEnding } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { readBareProgram } from './bare-program.ts';
import { fromBlocks } from './block-candidate.ts';
import type { Candidate } from './candidate.ts';
import { readExplanation } from './candidate.ts';
import { isLanguage } from './choose-block.ts';
import type { FencedBlock } from './fence-scanner.ts';
import { FenceScanner } from './fence-scanner.ts';
import { fromJson } from './json-candidate.ts';
import { languageOfTag } from './language-of-tag.ts';
import { looksRefused } from './looks-refused.ts';
import { fromMarkup } from './markup-candidate.ts';
import { guessLanguage } from './program-signs.ts';
import { isPatch } from './read-patch.ts';
import { withoutReasoning } from './reasoning-filter.ts';
import { tidyCode } from './tidy-code.ts';

/** A whole program that an answer holds. */
export interface FoundProgram {
  readonly kind: 'program';
  readonly code: string;
  readonly language: LanguageId;
  /** Null where the model says nothing of its program. */
  readonly explanation: string | null;
}

/**
 * Why there is none:
 * - `empty`: no text at all.
 * - `refused`: the model, or its service, will not.
 * - `prose`: words only.
 * - `patch`: changes to a program instead of a program.
 * - `other_language`: a program in another language than the wanted one, or in one that cannot be run.
 * - `unfinished`: the answer was cut at its length, inside of the program or before it.
 */
export type MissingReason = 'empty' | 'refused' | 'prose' | 'patch' | 'other_language' | 'unfinished';

export interface MissingProgram {
  readonly kind: 'missing';
  readonly reason: MissingReason;
  /** The answer's own words, reasoning left out. */
  readonly words: string;
  /** As the model calls it, for `other_language`. */
  readonly languageName: string | null;
}

export type ReadAnswer = FoundProgram | MissingProgram;

/**
 * Takes the program out of an answer: from structured output first, else from the fenced block that fits, else from
 * the text itself.
 *
 * @param wanted null: the model chooses the language
 */
export function readAnswer(text: string, ending: AnswerEnding, wanted: LanguageId | null): ReadAnswer {
  const said = withoutReasoning(text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n'));
  const missing = (reason: MissingReason, languageName: string | null = null): MissingProgram => ({
    kind: 'missing',
    reason,
    words: said.trim(),
    languageName,
  });
  if (ending === 'refused') return missing('refused');
  if (said.trim() === '') return missing(ending === 'length' ? 'unfinished' : 'empty');

  const lines = said.split('\n');
  const scanner = new FenceScanner();
  for (const line of lines) scanner.line(line);
  const blocks = scanner.finish();

  const candidate =
    fromJson(said, blocks, wanted) ??
    fromBlocks(lines, blocks, wanted) ??
    fromMarkup(said) ??
    (blocks.length === 0 ? fromText(said, wanted) : null);
  if (candidate === null) {
    if (ending === 'length') return missing('unfinished');
    const other = blocks.find(isProgramBlock);
    if (other !== undefined) return missing('other_language', other.tag.name);
    if (blocks.some(({ lines: patched }) => isPatch(patched))) return missing('patch');
    return missing(looksRefused(said) ? 'refused' : 'prose');
  }
  if (ending === 'length' && !candidate.isWhole) return missing('unfinished');
  const code = tidyCode(candidate.code);
  if (code.trim() === '') return missing('prose');
  return placed({ ...candidate, code }, wanted, missing);
}

function placed(
  { code, languageName, explanation }: Candidate,
  wanted: LanguageId | null,
  missing: (reason: MissingReason, languageName?: string | null) => MissingProgram,
): ReadAnswer {
  const named = languageName === null ? null : languageOfTag(languageName);
  const found = (language: LanguageId): FoundProgram => ({ kind: 'program', code, language, explanation });
  if (wanted !== null) {
    const fits = languageName === null || (named !== null && isLanguage(named, wanted));
    return fits ? found(wanted) : missing('other_language', languageName);
  }
  if (languageName !== null) return named === null ? missing('other_language', languageName) : found(named);
  const guessed = guessLanguage(code);
  return guessed === null ? missing('other_language') : found(guessed);
}

function fromText(said: string, wanted: LanguageId | null): Candidate | null {
  const bare = readBareProgram(said, wanted);
  if (bare === null) return null;
  return { code: bare.code, languageName: null, explanation: readExplanation(bare.prose), isWhole: false };
}

const DATA_TAGS: ReadonlySet<string> = new Set(
  'json jsonc json5 yaml yml toml xml html css csv ini md markdown diff patch console terminal log shell-session sql dockerfile makefile mermaid'.split(
    ' ',
  ),
);

/** A program, of whatever language. */
function isProgramBlock({ tag, lines }: FencedBlock): boolean {
  if (lines.every((line) => line.trim() === '')) return false;
  return tag.kind === 'language' || (tag.kind === 'other' && !DATA_TAGS.has(tag.name));
}
