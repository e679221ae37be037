import type { CodeModel, ModelAnswer, ModelPrompt, WriteOptions } from '@cloche/core';
import { ClientQuestion } from './client-question.ts';

/** The model of an AI client, lent by way of the protocol's sampling. It does not stream. */
export class ClientModel implements CodeModel {
  readonly provider = 'client';
  /** The client chooses. */
  readonly model = null;
  readonly #pose: (question: ClientQuestion) => void;
  #count = 0;

  constructor(pose: (question: ClientQuestion) => void) {
    this.#pose = pose;
  }

  async write(prompt: ModelPrompt, { signal, onText }: WriteOptions): Promise<ModelAnswer> {
    signal.throwIfAborted();
    this.#count += 1;
    const question = new ClientQuestion(this.#count, prompt, signal);
    this.#pose(question);
    const answer = await question.answered;
    if (answer.text !== '') onText(answer.text);
    return answer;
  }
}
