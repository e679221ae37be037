import { setTimeout as delay } from 'node:timers/promises';
import type {
  AnswerEnding,
  CodeModel,
  ModelAnswer,
  ModelPrompt,
  TokenUsage,
  WriteOptions,
} from '@cloche/core';

export interface ScriptedAnswer {
  /** In pieces, as they arrive. */
  readonly pieces: readonly string[];
  readonly ending?: AnswerEnding;
  readonly usage?: TokenUsage;
  readonly costUsd?: number;
  readonly model?: string;
  /** Before each piece. */
  readonly pieceDelayMs?: number;
  /** After the pieces: thrown instead of an ending. */
  readonly failure?: Error;
  /** After the pieces: nothing more, for ever; `deaf`: an abort changes nothing. */
  readonly hangs?: 'until aborted' | 'deaf';
  readonly isWhole?: boolean;
}

/** A string is an answer that arrives in one piece. */
export type ScriptedReply = string | ScriptedAnswer;

/** A model that writes what it is told, and keeps what it was asked. */
export class ScriptedModel implements CodeModel {
  readonly provider = 'scripted';
  readonly model = 'scripted-model';
  readonly prompts: ModelPrompt[] = [];
  /** When the last piece of each answer was told, as `performance.now()`. */
  readonly endedAtMs: number[] = [];
  readonly #replies: ScriptedReply[];

  constructor(...replies: readonly ScriptedReply[]) {
    this.#replies = [...replies];
  }

  get repliesLeft(): number {
    return this.#replies.length;
  }

  async write(prompt: ModelPrompt, { signal, onText }: WriteOptions): Promise<ModelAnswer> {
    this.prompts.push(prompt);
    const reply = this.#replies.shift();
    if (reply === undefined) throw new Error('The script is over.');
    const answer: ScriptedAnswer = typeof reply === 'string' ? { pieces: [reply] } : reply;
    for (const piece of answer.pieces) {
      if (answer.pieceDelayMs !== undefined) await delay(answer.pieceDelayMs, undefined, { signal });
      signal.throwIfAborted();
      if (answer.isWhole !== true) onText(piece);
    }
    if (answer.failure !== undefined) throw answer.failure;
    if (answer.hangs !== undefined) await forever(answer.hangs === 'deaf' ? null : signal);
    this.endedAtMs.push(performance.now());
    return {
      text: answer.pieces.join(''),
      ending: answer.ending ?? 'stop',
      usage: answer.usage ?? { inputTokens: 10, outputTokens: 20 },
      model: answer.model ?? null,
      costUsd: answer.costUsd ?? null,
    };
  }
}

function forever(signal: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** A program as a model writes it. */
export function fenced(language: string, code: string, words = 'It does what was asked.'): string {
  return `\`\`\`${language}\n${code}\n\`\`\`\n\n${words}`;
}
