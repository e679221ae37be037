import type { Isolation } from './isolation.ts';
import type { LanguageId } from './languages/language-id.ts';
import type { EnforcedLimit, LimitSupport } from './limits/limit-support.ts';
import type { LocalizedText } from './localized-text.ts';
import type { NetworkPolicy } from './plan/execution-request.ts';
import type { Unavailability } from './probe.ts';

export type LanguageCapability =
  | {
      readonly available: true;
      /** Null when the program is there and its version could not be read. */
      readonly version: string | null;
      /** Where it is: a path or an image. */
      readonly location: string;
    }
  | Unavailability;

/** What an executor can do here and now: probed, not declared. */
export interface ExecutorCapabilities {
  readonly isolation: Isolation;
  /** What brings the isolation about: `bubblewrap 0.8.0`, `runc`. */
  readonly isolationDetail: string;
  /**
   * A language is absent here only when the query did not name it, or it would have cost or taken too much to find out.
   * A run in it is then not refused for that: `execute` itself refuses, before anything starts, where it is missing.
   */
  readonly languages: Readonly<Partial<Record<LanguageId, LanguageCapability>>>;
  readonly stdin: readonly ('bytes' | 'stream')[];
  readonly separateStderr: boolean;
  /** Whether output arrives while the program runs, or at its end. */
  readonly liveOutput: boolean;
  readonly limits: Readonly<Record<EnforcedLimit, LimitSupport>>;
  readonly networks: readonly NetworkPolicy[];
  readonly sessions: boolean;
  readonly artifacts: boolean;
  /** What it found and works with, for people: an engine, where it is, its version. May be empty. */
  readonly details: readonly LocalizedText[];
  /** What is weaker here than a user may expect, each with its reason. */
  readonly warnings: readonly LocalizedText[];
}

export interface CapabilityQuery {
  /** Languages to look for; asking for fewer is quicker. Default: all. */
  readonly languages?: readonly LanguageId[];
  /**
   * False: nothing that costs money or takes long is started for the answer; a language that is not known without it
   * is left out. Default true.
   */
  readonly mayCost?: boolean;
}
