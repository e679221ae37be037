import type { ErrorCode } from './errors/error-code.ts';
import type { LocalizedText } from './localized-text.ts';

/** Something is not there: why, what to do, and commands to paste. */
export interface Unavailability {
  readonly available: false;
  readonly code: ErrorCode;
  readonly reason: LocalizedText;
  readonly hint: LocalizedText;
  /** Commands to paste, most fitting first; may be empty. */
  readonly fix: readonly string[];
}

export type ProbeResult =
  | {
      readonly available: true;
      /** Version of the engine or service; of Cloche's own executor where there is none. */
      readonly version: string;
      readonly latencyMs: number;
    }
  | Unavailability;
