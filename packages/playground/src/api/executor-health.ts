import type { EnforcedLimit, Isolation, LanguageId, LocalizedText } from '@cloche/core/executor';

/** One row of `cloche doctor`. */
export interface ExecutorHealth {
  readonly name: string;
  readonly available: boolean;
  /** Null where it is not available. */
  readonly isolation: Isolation | null;
  readonly version: string | null;
  /** Null where it is available. */
  readonly reason: LocalizedText | null;
  readonly hint: LocalizedText | null;
  /** Commands to paste. */
  readonly fix: readonly string[];
  readonly languages: Readonly<Partial<Record<LanguageId, LanguageHealth>>>;
  readonly limits: Readonly<Partial<Record<EnforcedLimit, 'enforced' | 'best-effort' | 'unsupported'>>>;
}

export interface LanguageHealth {
  /** Null: it costs something to find out, so nobody has looked. */
  readonly available: boolean | null;
  readonly version: string | null;
  readonly hint: LocalizedText | null;
}
