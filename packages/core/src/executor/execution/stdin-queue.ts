import { ClocheError } from '../errors/cloche-error.ts';

interface PendingWrite {
  readonly data: Uint8Array;
  readonly settle: (taken: boolean) => void;
}

/** Hands what is written from the caller to the executor, one chunk at a time, the caller waiting for each. */
export class StdinQueue implements AsyncIterable<Uint8Array> {
  readonly #open: boolean;
  readonly #pending: PendingWrite[] = [];
  /** Handed out, and not yet done with. */
  #current: PendingWrite | null = null;
  #closed = false;
  #abandoned = false;
  #wake: (() => void) | null = null;

  constructor(open: boolean) {
    this.#open = open;
    this.#closed = !open;
  }

  write(data: Uint8Array): Promise<boolean> {
    // A mistake of the caller is told at any time, and not only while the program still runs.
    if (this.#closed) return Promise.reject(stdinClosed(this.#open));
    if (this.#abandoned) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#pending.push({ data, settle: resolve });
      this.#notify();
    });
  }

  close(): void {
    this.#closed = true;
    this.#notify();
  }

  /** Nobody reads any more: every write from now on, and every waiting one, answers false. */
  abandon(): void {
    this.#abandoned = true;
    // An executor that waits for a program that is gone never comes back for more.
    this.#current?.settle(false);
    for (const write of this.#pending.splice(0)) write.settle(false);
    this.#notify();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      while (!this.#abandoned) {
        const write = this.#pending.shift();
        if (write === undefined) {
          if (this.#closed) return;
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          continue;
        }
        this.#current = write;
        yield write.data;
        this.#current = null;
        write.settle(!this.#abandoned);
      }
    } finally {
      this.abandon();
    }
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = null;
  }
}

function stdinClosed(wasOpen: boolean): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: wasOpen
      ? { en: 'The standard input of this execution is closed already.', zh: '该执行的标准输入已经关闭。' }
      : { en: 'The standard input of this execution is not a stream.', zh: '该执行的标准输入不是流。' },
    hint: {
      en: "Ask for stdin: { kind: 'stream' } in the request to write while the program runs.",
      zh: "如需在程序运行时写入，请在请求中使用 stdin: { kind: 'stream' }。",
    },
  });
}
