import type { ExecutionResult } from '../result/execution-result.ts';
import type { ExecutionEvent } from './execution-event.ts';

/**
 * One execution under way.
 *
 * Iterated, the stream is lossless and slows the program down to the consumer's pace. It has one
 * consumer, which begins before control returns to the event loop; where nobody does, events are
 * dropped and the program runs at full speed. Leaving the loop early ends the listening, not the program.
 *
 * A platform failure rejects `result` and is thrown by the iterator; a failing program is a result.
 */
export interface Execution extends AsyncIterable<ExecutionEvent> {
  readonly id: string;
  /** Works with nobody iterating. Never an unhandled rejection: whoever wants the failure awaits it. */
  readonly result: Promise<ExecutionResult>;
  /**
   * Sends bytes to a program whose plan streams stdin, and waits until there is room for more.
   * False when the program no longer reads (it has ended or closed its stdin).
   *
   * @throws ClocheError `ERR_REQUEST_INVALID` when the plan's stdin is not a stream, or was closed.
   */
  write(data: Uint8Array): Promise<boolean>;
  /** Ends the stream; without effect the second time. */
  closeStdin(): void;
}
