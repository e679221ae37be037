import type { ClocheError, ExecutionEvent, ExecutionResult } from '@cloche/core/executor';

/** How a run is shown: live to a person, as one JSON object, or as an object a line. */
export interface Presenter {
  /** Whether what is said next would stand behind an open line of the program's. */
  readonly endsMidLine: boolean;
  /** Resolves when there is room for more. */
  onEvent(event: ExecutionEvent): Promise<void>;
  /** After the last event, before what is said about the ending. */
  onResult(result: ExecutionResult): Promise<void>;
  onFailure(error: ClocheError): Promise<void>;
}
