import type { LanguageId } from '@cloche/core/executor';
import type { MissingProgram } from '../answers/read-answer.ts';
import { shortenWords } from '../answers/shorten-words.ts';
import { askForProgram, isAskable } from '../prompts/ask-again.ts';
import type { AttemptOutcome } from './attempt-outcome.ts';

export interface MissingContext {
  /** Null: the model chooses. */
  readonly language: LanguageId | null;
  /** Whether the answer before held no program either. */
  readonly isSecond: boolean;
  readonly areTokensUsed: boolean;
}

/** What becomes of an answer without a program. */
export function judgeMissing(missing: MissingProgram, context: MissingContext): AttemptOutcome {
  const { reason } = missing;
  const words = shortenWords(missing.words);
  if (!isAskable(reason)) {
    if (reason === 'refused') return { status: 'refused', error: words, ending: 'refused', exchange: null };
    const ending = context.areTokensUsed ? 'tokens_used' : 'cut';
    return {
      status: 'cut',
      error: 'The answer was cut before its program was whole.',
      ending,
      exchange: null,
    };
  }
  const reply = askForProgram(missing, reason, context.language);
  // Whoever was asked for a program and has none twice has none.
  const ending = context.isSecond ? 'no_code' : null;
  return { status: 'no_code', error: reply, ending, exchange: { answer: words, reply } };
}
