import type { TestAnswer } from './test-client.ts';
import { textOf } from './text-of.ts';

/** The larger of the two forms of an answer, in characters. */
export function answerCharacters(answer: TestAnswer): number {
  return Math.max(JSON.stringify(answer.structuredContent ?? {}).length, textOf(answer).length);
}
