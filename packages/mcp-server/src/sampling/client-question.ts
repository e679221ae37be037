import type { AnswerEnding, ModelAnswer, ModelPrompt } from '@cloche/core';
import type { inputRequired } from '@modelcontextprotocol/server';
import { clientRefused } from './sampling-errors.ts';
import { readSampled } from './read-sampled.ts';

/** `open`: no client has it. `carried`: a request is on its way. */
export type QuestionState = 'open' | 'carried' | 'settled';

/** As the protocol has it. Its own name for this is marked as deprecated; the requests are taken by every client that lends its model. */
export type SamplingParams = Parameters<(typeof inputRequired)['createMessage']>[0];

const ENDINGS: Readonly<Record<string, AnswerEnding>> = {
  endTurn: 'stop',
  stopSequence: 'stop',
  maxTokens: 'length',
  refusal: 'refused',
};

/**
 * One prompt for the model of a client. Whichever call of that client comes by takes it along, so that a generation is
 * bound to no call and no connection.
 */
export class ClientQuestion {
  /** From 1 on, within its generation. */
  readonly number: number;
  readonly params: SamplingParams;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly #answering: PromiseWithResolvers<ModelAnswer> = Promise.withResolvers();
  readonly #onSettled: () => void;
  #state: QuestionState = 'open';

  constructor(number: number, prompt: ModelPrompt, signal: AbortSignal) {
    this.number = number;
    this.signal = signal;
    this.params = {
      systemPrompt: prompt.system,
      messages: prompt.messages.map(({ role, text }) => ({ role, content: { type: 'text', text } })),
      maxTokens: prompt.maximumOutputTokens,
    };
    const onAbort = (): void => {
      this.#settle();
      this.#answering.reject(signal.reason as Error);
    };
    this.#onSettled = () => signal.removeEventListener('abort', onAbort);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  }

  get state(): QuestionState {
    return this.#state;
  }

  /** Rejects with what {@link refuse} was given, or with the reason of the signal. */
  get answered(): Promise<ModelAnswer> {
    return this.#answering.promise;
  }

  carry(): void {
    if (this.#state === 'open') this.#state = 'carried';
  }

  /** Whoever carried it is gone: another call may. */
  putBack(): void {
    if (this.#state === 'carried') this.#state = 'open';
  }

  /** @param result as the client gave it, unchecked; without effect where there is an answer already */
  answer(result: unknown): void {
    if (this.#state === 'settled') return;
    this.#settle();
    const sampled = readSampled(result);
    if (sampled === null) {
      this.#answering.reject(clientRefused('its answer holds no text'));
      return;
    }
    const { text, stopReason, model } = sampled;
    this.#answering.resolve({
      text,
      model,
      ending: stopReason === null ? 'unknown' : (ENDINGS[stopReason] ?? 'unknown'),
      // Clients do not say what their model costs.
      usage: { inputTokens: null, outputTokens: null },
      costUsd: null,
    });
  }

  /** The client, or its user, would not. */
  refuse(reason: string): void {
    if (this.#state === 'settled') return;
    this.#settle();
    this.#answering.reject(clientRefused(reason));
  }

  #settle(): void {
    this.#state = 'settled';
    this.#onSettled();
  }
}
