import { ClocheError } from '../executor/index.ts';

export interface RunQueueOptions {
  /** Runs at one time. */
  readonly concurrency: number;
  /** Runs that wait at most. */
  readonly length: number;
}

/** Gives the place back; without effect the second time. */
export type ReleasePlace = () => void;

interface Waiting {
  readonly principal: string;
  readonly admit: (release: ReleasePlace | null) => void;
  readonly refuse: (error: ClocheError) => void;
}

/**
 * Who may run, and who is next: at most `concurrency` runs at a time. Principals take turns, and the
 * runs of one principal keep their order. When the queue is full, whoever waits with the most gives
 * way to whoever waits with fewer, so that one client cannot shut the others out.
 */
export class RunQueue {
  readonly #options: RunQueueOptions;
  /** In the order of turns: who was served last stands last. No principal without a waiting run. */
  readonly #waiting = new Map<string, Waiting[]>();
  #waitingCount = 0;
  #runningCount = 0;

  constructor(options: RunQueueOptions) {
    this.#options = options;
  }

  get waitingCount(): number {
    return this.#waitingCount;
  }

  get runningCount(): number {
    return this.#runningCount;
  }

  /**
   * Resolves when the run may start; null when `signal` was aborted before.
   *
   * @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE`, retryable, when the queue is full
   */
  enter(principal: string, signal: AbortSignal): Promise<ReleasePlace | null> {
    if (signal.aborted) return Promise.resolve(null);
    if (this.#runningCount < this.#options.concurrency) return Promise.resolve(this.#takePlace());
    if (this.#waitingCount >= this.#options.length && !this.#makeRoomFor(principal)) {
      return Promise.reject(this.#full());
    }
    return this.#wait(principal, signal);
  }

  #wait(principal: string, signal: AbortSignal): Promise<ReleasePlace | null> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#remove(entry);
        resolve(null);
      };
      const entry: Waiting = {
        principal,
        admit: (release) => {
          signal.removeEventListener('abort', leave);
          resolve(release);
        },
        refuse: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      const own = this.#waiting.get(principal);
      if (own === undefined) this.#waiting.set(principal, [entry]);
      else own.push(entry);
      this.#waitingCount += 1;
    });
  }

  #takePlace(): ReleasePlace {
    this.#runningCount += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#runningCount -= 1;
      this.#admitNext();
    };
  }

  #admitNext(): void {
    const next = this.#waiting.entries().next().value;
    if (next === undefined) return;
    const [principal, own] = next;
    const entry = own.shift();
    this.#waiting.delete(principal);
    if (own.length > 0) this.#waiting.set(principal, own);
    if (entry === undefined) return;
    this.#waitingCount -= 1;
    entry.admit(this.#takePlace());
  }

  #remove(entry: Waiting): void {
    const own = this.#waiting.get(entry.principal);
    const position = own?.indexOf(entry) ?? -1;
    if (own === undefined || position < 0) return;
    own.splice(position, 1);
    if (own.length === 0) this.#waiting.delete(entry.principal);
    this.#waitingCount -= 1;
  }

  /** Refuses the newest run of whoever waits with the most, where that is more than `principal` would then have. */
  #makeRoomFor(principal: string): boolean {
    let most: Waiting[] = [];
    for (const own of this.#waiting.values()) if (own.length > most.length) most = own;
    const wouldHave = (this.#waiting.get(principal)?.length ?? 0) + 1;
    const last = most.at(-1);
    if (last === undefined || most.length <= wouldHave) return false;
    this.#remove(last);
    last.refuse(this.#full());
    return true;
  }

  #full(): ClocheError {
    const { concurrency, length } = this.#options;
    return new ClocheError({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: {
        en: `The queue is full: ${concurrency} executions run and ${length} wait, which is as many as may.`,
        zh: `队列已满：正在运行 ${concurrency} 个、等待 ${length} 个，均已达上限。`,
      },
      hint: {
        en: 'Try again later, or raise queue.concurrency (CLOCHE_QUEUE_CONCURRENCY) or queue.length (CLOCHE_QUEUE_LENGTH).',
        zh: '请稍后重试，或提高 queue.concurrency（CLOCHE_QUEUE_CONCURRENCY）或 queue.length（CLOCHE_QUEUE_LENGTH）。',
      },
      retryable: true,
    });
  }
}
