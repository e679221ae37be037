import type { AnswerEnding, CodeModel, ModelAnswer, ModelMessage } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { CodeReader } from '../answers/code-reader.ts';
import { Continuation } from '../answers/continuation.ts';
import { readAnswer } from '../answers/read-answer.ts';
import { CONTINUE_PROMPT } from '../prompts/ask-again.ts';
import { SYSTEM_PROMPT } from '../prompts/system-prompt.ts';
import type { Budget } from './budget.ts';
import { untilAborted } from './until-aborted.ts';

/** How often a cut answer is continued before it is given up. */
const MOST_CONTINUATIONS = 4;

/**
 * Of an answer, and of all that continues it: many times what the usual budget of tokens allows. A service that does
 * not keep to the budget, or a client that answers what it likes, is not heard further.
 */
const MOST_CHARACTERS = 1024 * 1024;

const HEARD_ENOUGH: unique symbol = Symbol('the answer is as long as it may be');

export interface WholeAnswerOptions {
  readonly model: CodeModel;
  readonly messages: readonly ModelMessage[];
  /** Null: the model chooses. */
  readonly language: LanguageId | null;
  readonly budget: Budget;
  /** Called with each piece of the program as soon as it is there. */
  readonly onCode: (code: string) => void;
  /** Called with each answer of the model, a continuation too. */
  readonly onAnswer: (answer: ModelAnswer) => void;
}

/**
 * Has the model answer; where the answer is cut before the program is whole, has it go on.
 *
 * @throws what the model throws; the signal's reason after an abort
 */
export async function writeWholeAnswer(
  options: WholeAnswerOptions,
): Promise<{ readonly text: string; readonly ending: AnswerEnding }> {
  const { language, budget, messages } = options;
  const reader = new CodeReader(language, options.onCode);
  const first = await write(options, messages, (piece) => reader.push(piece));
  let { text, ending } = first;
  for (let count = 0; count < MOST_CONTINUATIONS && !budget.areTokensUsed; count += 1) {
    if (ending !== 'length' || text.length >= MOST_CHARACTERS) break;
    if (text.trim() === '' || isWhole(text, language)) break;
    const continuation = new Continuation(text);
    const said: readonly ModelMessage[] = [
      ...messages,
      { role: 'assistant', text },
      { role: 'user', text: CONTINUE_PROMPT },
    ];
    const more = await write(options, said, (piece) => reader.push(continuation.push(piece)));
    reader.push(continuation.finish());
    if (continuation.text.length === text.length) break;
    ({ ending } = more);
    ({ text } = continuation);
  }
  reader.finish();
  return { text, ending };
}

function isWhole(text: string, language: LanguageId | null): boolean {
  return readAnswer(text, 'length', language).kind === 'program';
}

async function write(
  { model, budget, onAnswer }: WholeAnswerOptions,
  messages: readonly ModelMessage[],
  onPiece: (text: string) => void,
): Promise<ModelAnswer> {
  const enough = new AbortController();
  const signal = AbortSignal.any([budget.signal, enough.signal]);
  const prompt = { system: SYSTEM_PROMPT, messages, maximumOutputTokens: budget.tokensLeft };
  let told = '';
  const onText = (text: string): void => {
    // A model that goes on after an abort is not heard.
    if (signal.aborted) return;
    const piece = text.slice(0, MOST_CHARACTERS - told.length);
    told += piece;
    onPiece(piece);
    if (piece.length < text.length) enough.abort(HEARD_ENOUGH);
  };
  const answer = await untilAborted(signal, () => model.write(prompt, { signal, onText })).catch(
    (error: unknown) => {
      if (error !== HEARD_ENOUGH) throw error;
      return cutAt(told);
    },
  );
  const bounded = answer.text.length <= MOST_CHARACTERS ? answer : cutAt(answer.text);
  budget.spend(bounded);
  onAnswer(bounded);
  // Not every model streams.
  if (told === '') onPiece(bounded.text);
  return bounded;
}

/** What was heard of an answer that is longer than answers are. */
function cutAt(text: string): ModelAnswer {
  return {
    text: text.slice(0, MOST_CHARACTERS),
    ending: 'length',
    usage: { inputTokens: null, outputTokens: null },
    model: null,
    costUsd: null,
  };
}
