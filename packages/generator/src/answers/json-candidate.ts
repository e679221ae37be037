import type { LanguageId } from '@cloche/core/executor';
import type { Candidate } from './candidate.ts';
import { readExplanation } from './candidate.ts';
import { chooseBlock } from './choose-block.ts';
import type { FencedBlock } from './fence-scanner.ts';
import { JsonAnswerScanner } from './json-answer-scanner.ts';
import { isJsonTag } from './language-of-tag.ts';
import { unwrapFence } from './unwrap-fence.ts';

/** A structured answer: all of the text, a block of it, or behind a sentence. */
export function fromJson(
  said: string,
  blocks: readonly FencedBlock[],
  wanted: LanguageId | null,
): Candidate | null {
  const block = blocks.find(({ tag }) => isJsonTag(tag));
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
  const unwrapped = unwrapFence(code);
  return {
    code: unwrapped,
    languageName: language === null || language.trim() === '' ? null : language.trim(),
    explanation: readExplanation(explanation ?? ''),
    isWhole: isComplete,
  };
}
