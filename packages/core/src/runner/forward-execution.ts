import type {
  Execution,
  ExecutionController,
  ExecutionEvent,
  ExecutionResult,
  Stage,
} from '../executor/index.ts';

/** How long a consumer that stands still may hold up the end of an aborted run. */
const ABORT_GRACE_MS = 1000;

/** Where events go, and when there is room for more. */
export type EventSink = Pick<ExecutionController, 'emit' | 'drained'>;

export interface ForwardOptions {
  readonly signal: AbortSignal;
  /** The program, its compiler or its installer may have begun: from here on there is no other executor. */
  readonly onCodeStarted: () => void;
}

/**
 * Passes the events of an executor's execution on, at the pace of the caller's consumer and without a
 * copy, and gives its result. After an abort the pace counts for a moment only: output that a consumer
 * does not take is then dropped, so that nobody who listens no more keeps a run from ending.
 */
export async function forwardExecution(
  inner: Execution,
  controller: EventSink,
  options: ForwardOptions,
): Promise<ExecutionResult> {
  // Whoever iterates is told of a failure there.
  inner.result.catch(() => undefined);
  const room = new RoomAwaiter(controller, options.signal);
  let isCodeStarted = false;
  try {
    for await (const event of inner) {
      if (event.type === 'result') return event.result;
      if (!isCodeStarted && startsCode(event)) {
        isCodeStarted = true;
        options.onCodeStarted();
      }
      if (room.isGivenUp) continue;
      if (!controller.emit(event)) await room.wait();
    }
    return await inner.result;
  } finally {
    room.dispose();
  }
}

const STAGES_BEFORE_CODE: ReadonlySet<Stage> = new Set(['queue', 'pull', 'create']);

function startsCode(event: ExecutionEvent): boolean {
  return event.type !== 'stage' || !STAGES_BEFORE_CODE.has(event.stage);
}

/** Waits for the consumer, and after an abort only for so long. */
class RoomAwaiter {
  readonly #controller: EventSink;
  readonly #signal: AbortSignal;
  #isWaiting = false;
  #isGraceOver = false;
  #timer: NodeJS.Timeout | null = null;
  #release: (() => void) | null = null;

  constructor(controller: EventSink, signal: AbortSignal) {
    this.#controller = controller;
    this.#signal = signal;
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** The consumer stands still, and nobody waits for it any more. */
  get isGivenUp(): boolean {
    return this.#isGraceOver && this.#isWaiting;
  }

  wait(): Promise<void> {
    this.#isWaiting = true;
    // Not Promise.race with one promise for the whole run: that would grow with every event.
    return new Promise((resolve) => {
      this.#release = resolve;
      void this.#controller.drained().then(() => {
        this.#isWaiting = false;
        resolve();
      });
      if (this.#isGraceOver) resolve();
    });
  }

  dispose(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  readonly #onAbort = (): void => {
    this.#timer = setTimeout(() => {
      this.#isGraceOver = true;
      this.#release?.();
    }, ABORT_GRACE_MS);
  };
}
