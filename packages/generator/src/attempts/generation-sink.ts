import type { GenerationEvent } from '@cloche/core';

/** Where a generation's events go. */
export interface GenerationSink {
  /** @returns false where nobody takes more before {@link drained} */
  emit(event: GenerationEvent): boolean;
  drained(): Promise<void>;
}
