import { ClocheError } from '../errors/cloche-error.ts';
import type { LocalizedText } from '../localized-text.ts';

const HIGH_WATER_BYTES = 256 * 1024;
/** What an event without bytes counts for, so that stages and artifacts cannot pile up for free. */
const EVENT_OVERHEAD_BYTES = 256;

export interface EventStreamOptions<Event> {
  /** Bytes or characters that an event holds; what else it takes is counted by the stream. */
  readonly weigh: (event: Event) => number;
  /** What is iterated, for its errors: `{ en: 'execution', zh: '执行' }`. */
  readonly named: LocalizedText;
  /** The call that began it, for the hint: `execute()`. */
  readonly begunBy: string;
  /** What is told of a producer that threw something else than a {@link ClocheError}. */
  readonly mapDefect: (error: unknown) => ClocheError;
}

type Mode = 'undecided' | 'iterated' | 'dropping';

/**
 * One producer, at most one consumer. Until the first turn of the event loop it is open whether there
 * will be a consumer; then, without one, events are dropped and the producer is never slowed down.
 */
export class EventStream<Event> {
  readonly #options: EventStreamOptions<Event>;
  #mode: Mode = 'undecided';
  #queue: Event[] = [];
  #queuedBytes = 0;
  #ended = false;
  #failure: ClocheError | null = null;
  // Several, since an iterator may be asked for the next event before it gave the last one.
  #waitingConsumers: (() => void)[] = [];
  #waitingProducers: (() => void)[] = [];

  constructor(options: EventStreamOptions<Event>) {
    this.#options = options;
    setImmediate(() => {
      if (this.#mode === 'undecided') this.#drop();
    });
  }

  /** False when the consumer is behind. */
  push(event: Event): boolean {
    // What a producer says after its end is of no account: the result is the last event.
    if (this.#mode === 'dropping' || this.#ended) return true;
    this.#queue.push(event);
    this.#queuedBytes += this.#weight(event);
    this.#wake();
    return this.#hasRoom();
  }

  drained(): Promise<void> {
    if (this.#hasRoom()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waitingProducers.push(resolve);
    });
  }

  /**
   * Lets the producer work, in a later turn, since whoever iterates begins after this has returned. What it gives is
   * the value of the promise and, as `lastEvent`, of the stream; what it throws ends both, as a {@link ClocheError}.
   */
  produce<Value>(work: () => Promise<Value>, lastEvent: (value: Value) => Event): Promise<Value> {
    const produced = Promise.resolve()
      .then(work)
      .then(
        (value) => {
          this.push(lastEvent(value));
          this.#end();
          return value;
        },
        (error: unknown) => {
          const failure = ClocheError.isInstance(error) ? error : this.#options.mapDefect(error);
          if (this.#mode !== 'dropping') this.#failure = failure;
          this.#end();
          throw failure;
        },
      );
    // Whoever iterates gets the failure there; an unawaited promise must not end the host process.
    produced.catch(() => undefined);
    return produced;
  }

  /** @throws ClocheError `ERR_REQUEST_INVALID` when somebody iterates already, or it is too late to begin. */
  iterate(): AsyncIterator<Event> {
    if (this.#mode !== 'undecided') throw this.#iteratedTooLate(this.#mode === 'iterated');
    this.#mode = 'iterated';
    return {
      next: () => this.#next(),
      return: () => {
        this.#drop();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  async #next(): Promise<IteratorResult<Event>> {
    for (;;) {
      const event = this.#queue.shift();
      if (event !== undefined) {
        this.#queuedBytes -= this.#weight(event);
        if (this.#hasRoom()) this.#releaseProducers();
        return { done: false, value: event };
      }
      if (this.#failure !== null) {
        const failure = this.#failure;
        this.#failure = null;
        throw failure;
      }
      if (this.#ended || this.#mode === 'dropping') return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#waitingConsumers.push(resolve);
      });
    }
  }

  #end(): void {
    this.#ended = true;
    this.#releaseProducers();
    this.#wake();
  }

  #hasRoom(): boolean {
    return this.#mode === 'dropping' || this.#queuedBytes < HIGH_WATER_BYTES;
  }

  #drop(): void {
    this.#mode = 'dropping';
    this.#failure = null;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#releaseProducers();
    this.#wake();
  }

  #releaseProducers(): void {
    const waiting = this.#waitingProducers;
    this.#waitingProducers = [];
    for (const release of waiting) release();
  }

  #wake(): void {
    if (this.#waitingConsumers.length === 0) return;
    const waiting = this.#waitingConsumers;
    this.#waitingConsumers = [];
    for (const wake of waiting) wake();
  }

  #weight(event: Event): number {
    return this.#options.weigh(event) + EVENT_OVERHEAD_BYTES;
  }

  #iteratedTooLate(alreadyIterated: boolean): ClocheError {
    const { named, begunBy } = this.#options;
    return new ClocheError({
      code: 'ERR_REQUEST_INVALID',
      message: alreadyIterated
        ? {
            en: `This ${named.en} is iterated already; it has one consumer.`,
            zh: `该${named.zh}已被迭代；只允许一个消费者。`,
          }
        : {
            en: `It is too late to iterate this ${named.en}: its events are no longer kept.`,
            zh: `现在迭代该${named.zh}为时已晚：事件已不再保留。`,
          },
      hint: {
        en: `Begin \`for await\` right after ${begunBy}, before anything else is awaited.`,
        zh: `请在 ${begunBy} 之后、等待其他操作之前立即开始 \`for await\`。`,
      },
    });
  }
}
