import type { GenerationEvent, GenerationResult } from '@cloche/core';
import type { ClocheError } from '@cloche/core/executor';

/** How a generation is shown: live to a person, or as one JSON object. */
export interface GenerationPresenter {
  /** Whether what is said next would stand behind an open line. */
  readonly endsMidLine: boolean;
  /** Resolves when there is room for more. */
  onEvent(event: GenerationEvent): Promise<void>;
  /** After the last event. @param isInterrupted whoever has gone away or pressed Ctrl-C wants to hear no more */
  onResult(result: GenerationResult, isInterrupted: boolean): Promise<void>;
  onFailure(error: ClocheError): Promise<void>;
}
