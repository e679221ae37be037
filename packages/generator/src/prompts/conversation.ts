import type { ModelMessage } from '@cloche/core';

/** More of the past costs tokens, and misleads more than it helps. */
const KEPT_EXCHANGES = 3;

/** An answer, and what was said to it. */
export interface Exchange {
  readonly answer: string;
  readonly reply: string;
}

/** The task, and the last of what was answered to it. */
export class Conversation {
  readonly #task: string;
  #exchanges: readonly Exchange[] = [];

  constructor(task: string) {
    this.#task = task;
  }

  add(exchange: Exchange): void {
    this.#exchanges = [...this.#exchanges, exchange].slice(-KEPT_EXCHANGES);
  }

  get messages(): readonly ModelMessage[] {
    return [
      { role: 'user', text: this.#task },
      ...this.#exchanges.flatMap(({ answer, reply }): ModelMessage[] => [
        // No service takes a message without text.
        { role: 'assistant', text: answer.trim() === '' ? '(no text)' : answer },
        { role: 'user', text: reply },
      ]),
    ];
  }
}
