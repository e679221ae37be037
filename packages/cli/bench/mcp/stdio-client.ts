import { once } from 'node:events';
import type { Era, Request } from './message.ts';
import { greeting, NEWEST, toolCall } from './message.ts';
import type { ServerProcess } from './server-package.ts';

interface Answer {
  readonly id?: number;
  readonly result?: {
    readonly structuredContent?: Readonly<Record<string, unknown>>;
    readonly isError?: boolean;
  };
  readonly error?: unknown;
}

/** The least that a client can be, so that its own work is no part of what is measured. */
export class StdioClient implements AsyncDisposable {
  readonly process: ServerProcess;
  readonly #era: Era;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #lastId = 0;
  #rest = '';

  constructor(server: ServerProcess, era: Era) {
    this.process = server;
    this.#era = era;
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (this.#rest + chunk).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const answer = JSON.parse(line) as Answer;
        if (answer.id === undefined) continue;
        this.#waiting.get(answer.id)?.resolve(answer);
        this.#waiting.delete(answer.id);
      }
    });
    server.once('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The server has ended too early.'));
    });
  }

  /** Resolves with the first answer. */
  async greet(): Promise<void> {
    await this.#ask(greeting(this.#era));
    if (this.#era === NEWEST) return;
    this.process.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  }

  /** @throws Error for an answer that is an error */
  async call(
    name: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const result = await this.#ask(toolCall(this.#era, name, input));
    if (result?.structuredContent === undefined || result.isError === true)
      throw new Error(`${name} failed: ${JSON.stringify(result)}`);
    return result.structuredContent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.process, 'close');
    // Output that nobody reads would keep it from closing.
    this.process.stderr.resume();
    this.process.stdin.end();
    await ended;
  }

  async #ask({ method, params }: Request): Promise<Answer['result']> {
    const id = (this.#lastId += 1);
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(id, waiting);
    this.process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    const answer = await waiting.promise;
    if (answer.error !== undefined) throw new Error(`${method} failed: ${JSON.stringify(answer.error)}`);
    return answer.result;
  }
}
