import type { LanguageId } from '@cloche/core/executor';
import type { AreaResult } from '../figure.ts';

export interface WarmProgram {
  readonly language: LanguageId;
  readonly medianMs: number;
  /** Of the first run ever; null where nothing is compiled. */
  readonly compileMs: number | null;
}

export interface WarmResults extends AreaResult {
  readonly programs: readonly WarmProgram[];
}
