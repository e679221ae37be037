import type { AnswerEnding } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { readBareProgram } from './bare-program.ts';
import { chooseBlock, isLanguage } from './choose-block.ts';
import type { FencedBlock } from './fence-scanner.ts';
import { FenceScanner } from './fence-scanner.ts';
import { JsonAnswerScanner } from './json-answer-scanner.ts';
import { languageOfTag } from './language-of-tag.ts';
import { looksRefused } from './looks-refused.ts';
import { guessLanguage } from './program-signs.ts';
import { isPatch, readNewFile } from './read-patch.ts';
import { withoutReasoning } from './reasoning-filter.ts';
import { tidyCode } from './tidy-code.ts';

const LONGEST_EXPLANATION = 2000;

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

interface Candidate {
  readonly code: string;
  /** The name that the answer gives to the language. Null: none. */
  readonly languageName: string | null;
  readonly explanation: string | null;
  readonly isWhole: boolean;
}

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

/** A structured answer: all of the text, a block of it, or behind a sentence. */
function fromJson(said: string, blocks: readonly FencedBlock[], wanted: LanguageId | null): Candidate | null {
  const block = blocks.find(({ tag }) => tag.name === 'json' || tag.name === 'jsonc' || tag.name === 'json5');
  const trimmed = said.trim();
  if (trimmed.startsWith('{')) return jsonCandidate(trimmed);
  // Beside a program, JSON is its data.
  if (block !== undefined && chooseBlock(blocks, wanted) === null) {
    const candidate = jsonCandidate(block.lines.join('\n'));
    if (candidate !== null) return candidate;
  }
  if (blocks.length > 0) return null;
  const begin = /^\{\s*"/mu.exec(trimmed);
  return begin === null ? null : jsonCandidate(trimmed.slice(begin.index));
}

function jsonCandidate(text: string): Candidate | null {
  const scanner = new JsonAnswerScanner();
  scanner.push(text);
  const { code, language, explanation, isComplete } = scanner.read();
  if (code === null) return null;
  const unwrapped = unwrap(code);
  return {
    code: unwrapped,
    languageName: language === null || language.trim() === '' ? null : language.trim(),
    explanation: shortened(explanation ?? ''),
    isWhole: isComplete,
  };
}

/** A fence inside of the string. */
function unwrap(code: string): string {
  const inner = code.replaceAll('\r\n', '\n').trim();
  if (!/^(?:`{3}|~{3})/u.test(inner)) return code;
  const scanner = new FenceScanner();
  for (const line of inner.split('\n')) scanner.line(line);
  return scanner.finish()[0]?.lines.join('\n') ?? code;
}

function fromBlocks(
  lines: readonly string[],
  blocks: readonly FencedBlock[],
  wanted: LanguageId | null,
): Candidate | null {
  const added = blocks.map((block) => readNewFile(block.lines)).find((file) => file !== null);
  const programs = blocks.filter((block) => !isPatch(block.lines));
  const chosen = chooseBlock(programs, wanted);
  if (chosen === null) {
    if (added === undefined) return null;
    return { code: added.join('\n'), languageName: null, explanation: null, isWhole: true };
  }
  return {
    code: withoutStuckFence(chosen).join('\n'),
    languageName: chosen.tag.language === null ? languageSaid(lines) : chosen.tag.name,
    explanation: explanationAround(lines, blocks, chosen),
    isWhole: chosen.isClosed,
  };
}

/** `print(1)` and the closing fence on one line. */
function withoutStuckFence({ lines, isClosed }: FencedBlock): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const text = lines[last] ?? '';
  if (isClosed || !text.endsWith('```') || text.slice(0, -3).includes('```')) return lines;
  return [...lines.slice(0, last), text.slice(0, -3)];
}

/** `Language: Go`, on a line of its own. */
function languageSaid(lines: readonly string[]): string | null {
  for (const line of lines) {
    const name = /^[*_#\s]*language[*_]*\s*[:：][*_\s]*(?<name>[\w+#.]+)/iu.exec(line)?.groups?.['name'];
    if (name !== undefined && languageOfTag(name) !== null) return name;
  }
  return null;
}

function explanationAround(
  lines: readonly string[],
  blocks: readonly FencedBlock[],
  chosen: FencedBlock,
): string | null {
  const index = blocks.indexOf(chosen);
  const after = lines.slice(chosen.endedAt, blocks[index + 1]?.openedAt ?? lines.length).join('\n');
  const before = lines.slice(blocks[index - 1]?.endedAt ?? 0, chosen.openedAt).join('\n');
  return shortened(after) ?? shortened(before.replace(/^.*[:：]\s*$/mu, ''));
}

function shortened(text: string): string | null {
  const trimmed = text.trim().replaceAll(/<\|[a-z_]+\|>/gu, '');
  if (trimmed === '') return null;
  return trimmed.length <= LONGEST_EXPLANATION ? trimmed : `${trimmed.slice(0, LONGEST_EXPLANATION)}…`;
}

/** `<code language="python">…</code>`, and fences that begin and end on one line. */
function fromMarkup(said: string): Candidate | null {
  const element =
    /<(?<name>code|program|answer|solution|file)\b(?<attributes>[^>]*)>\n?(?<code>[\s\S]*?)<\/\k<name>>/u.exec(
      said,
    )?.groups;
  if (element !== undefined && (element['code'] ?? '').trim() !== '') {
    const language = /(?:language|lang|type)="(?<language>[^"]+)"/u.exec(element['attributes'] ?? '')?.groups;
    return {
      code: unwrap(element['code'] ?? ''),
      languageName: language?.['language']?.replace(/^.*\//u, '') ?? null,
      explanation: null,
      isWhole: true,
    };
  }
  const inline = /^```(?:(?<tag>[\w+#]+) )?(?<code>[^`\n]*[^\s`])```$/mu.exec(said)?.groups;
  if (inline === undefined) return null;
  const tag = inline['tag'] ?? null;
  const isTag = tag !== null && languageOfTag(tag) !== null;
  return {
    code: isTag || tag === null ? (inline['code'] ?? '') : `${tag} ${inline['code'] ?? ''}`,
    languageName: isTag ? tag : null,
    explanation: null,
    isWhole: true,
  };
}

function fromText(said: string, wanted: LanguageId | null): Candidate | null {
  const bare = readBareProgram(said, wanted);
  if (bare === null) return null;
  return { code: bare.code, languageName: null, explanation: shortened(bare.prose), isWhole: false };
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
