import type { AnswerEnding, ModelAnswer, ModelPrompt } from '@cloche/core';
import type { inputRequired } from '@modelcontextprotocol/server';
import { clientRefused } from './sampling-errors.ts';
import { readSampled } from './read-sampled.ts';

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
  /** Connections on which a request for it is under way. */
  readonly #carriers = new Set<string>();
  #isSettled = false;

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

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Nobody has it. */
  get isOpen(): boolean {
    return !this.#isSettled && this.#carriers.size === 0;
  }

  /** Whether a call on this connection is to take it along: the one that did may be gone without a word. */
  isOpenFor(connection: string): boolean {
    return !this.#isSettled && !this.#carriers.has(connection);
  }

  /** Rejects with what {@link refuse} was given, or with the reason of the signal. */
  get answered(): Promise<ModelAnswer> {
    return this.#answering.promise;
  }

  carry(connection: string): void {
    this.#carriers.add(connection);
  }

  /** The request came to nothing: another call may take it along. */
  putBack(connection: string): void {
    this.#carriers.delete(connection);
  }

  /** @param result as the client gave it, unchecked; without effect where there is an answer already */
  answer(result: unknown): void {
    if (this.#isSettled) return;
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
    if (this.#isSettled) return;
    this.#settle();
    this.#answering.reject(clientRefused(reason));
  }

  #settle(): void {
    this.#isSettled = true;
    this.#onSettled();
  }
}
