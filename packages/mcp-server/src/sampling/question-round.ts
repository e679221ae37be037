import type { InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import { inputRequired, inputResponse } from '@modelcontextprotocol/server';
import type { ClientQuestion } from './client-question.ts';

const KEY = 'program';
const STATE = /^(?<runId>[\da-f]{32})\.(?<number>\d{1,4})$/u;

/** What a client of revision 2026-07-28 hands back with its answer. */
export interface QuestionRound {
  /** As good as the client says: whose run it is has to be looked up. */
  readonly runId: string;
  /** Of the question. */
  readonly number: number;
}

/** In place of an answer to the call: the client asks its model, and calls again with what that said. */
export function askInRound(runId: string, question: ClientQuestion): InputRequiredResult {
  return inputRequired({
    inputRequests: { [KEY]: inputRequired.createMessage(question.params) },
    // The name of the run cannot be guessed and is good for its owner alone, so it needs no signature.
    requestState: `${runId}.${question.number}`,
  });
}

/** Null where the call is a first one. What was not made by {@link askInRound} names no run. */
export function roundOf({ mcpReq }: ServerContext): QuestionRound | null {
  const state = mcpReq.requestState();
  if (typeof state !== 'string') return null;
  const { runId = '', number = '' } = STATE.exec(state)?.groups ?? {};
  return { runId, number: Number(number) };
}

/** Without effect where the call brings no answer. */
export function takeFromRound(question: ClientQuestion, { mcpReq }: ServerContext): void {
  const response = inputResponse(mcpReq.inputResponses, KEY);
  if (response.kind === 'sampling') question.answer(response.result);
  else if (response.kind === 'elicit' && response.action !== 'accept') question.refuse(response.action);
}
