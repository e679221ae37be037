import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import type { MissingProgram, MissingReason } from '../answers/read-answer.ts';

/** Where asking again is of no use, there is nothing here. */
type AskableReason = Exclude<MissingReason, 'refused' | 'unfinished'>;

const REASONS: Readonly<Record<AskableReason, string>> = {
  empty: 'Your answer was empty.',
  prose: 'Your answer held no program. You cannot ask back: choose what is usual where something is open.',
  patch: 'Your answer held changes to a program, and no program that can be run.',
  other_language: 'Your answer held no program in a language that was asked for.',
};

export function isAskable(reason: MissingReason): reason is AskableReason {
  return Object.hasOwn(REASONS, reason);
}

/** What is said to an answer without a program. */
export function askForProgram(
  { languageName }: MissingProgram,
  reason: AskableReason,
  language: LanguageId | null,
): string {
  const named = languageName === null ? '' : ` It was ${JSON.stringify(languageName.slice(0, 40))}.`;
  const wanted = language === null ? '' : ` in ${LANGUAGES[language].displayName}`;
  return `${REASONS[reason]}${named} Answer with the whole program${wanted} in one fenced block that names its language.`;
}

/** What is said to a program in a language that the model chose, and that cannot be run. */
export function askForOtherLanguage(language: LanguageId, reason: string): string {
  const { displayName } = LANGUAGES[language];
  return `The program was not run. ${reason}\n\nAnswer with the whole program in another language than ${displayName}.`;
}

/** What is said to an answer that was cut at its length. */
export const CONTINUE_PROMPT =
  'Your answer was cut at its length. Go on exactly where it stopped, with the next character of the program: repeat nothing, open no new block, and say nothing before it.';
