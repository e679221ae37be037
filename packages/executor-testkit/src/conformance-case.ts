import type { LanguageId } from '@cloche/core/executor';
import type { CaseContext } from './case-context.ts';

/** One requirement that every executor meets. It knows nothing of a test framework. */
export interface ConformanceCase {
  /** Stable, kebab case: the key of `knownFailures`. */
  readonly id: string;
  /** A sentence about the executor: `keeps stdout and stderr apart`. */
  readonly title: string;
  /** Languages whose programs the case runs. Where one is not among the suite's, the case does not apply. */
  readonly languages: readonly LanguageId[];
  /** Whether nothing else may run meanwhile, since the case uses up the machine or measures time. Default false. */
  readonly alone?: boolean;
  /** How long the whole case may take, milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Throws (an `AssertionError` of `node:assert`) where the executor misbehaves. */
  readonly run: (context: CaseContext) => Promise<void>;
}

/** Cases about one concept. */
export interface ConformanceGroup {
  /** `streams`, `timeouts`, … */
  readonly concept: string;
  readonly cases: readonly ConformanceCase[];
}
