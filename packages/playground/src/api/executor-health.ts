import type { EnforcedLimit, Isolation, LanguageId, LocalizedText } from '@cloche/core/executor';

/** One row of `cloche doctor`. */
export interface ExecutorHealth {
  readonly name: string;
  readonly available: boolean;
  /** Null where it is not available. */
  readonly isolation: Isolation | null;
  /** Of the engine or the service. Null where it is not available, or has none. */
  readonly version: string | null;
  /** Why it is not available. Null where it is. */
  readonly reason: LocalizedText | null;
  /** Null where it is available, or there is nothing to advise. */
  readonly hint: LocalizedText | null;
  /** Commands to paste. */
  readonly fix: readonly string[];
  readonly languages: Readonly<Partial<Record<LanguageId, LanguageHealth>>>;
  readonly limits: Readonly<Partial<Record<EnforcedLimit, 'enforced' | 'best-effort' | 'unsupported'>>>;
}

export interface LanguageHealth {
  /** Null: it costs something to find out, so nobody has looked. */
  readonly available: boolean | null;
  /** Of the toolchain. Null where it is not available, or nobody has looked. */
  readonly version: string | null;
  /** What to do about a language that is not available. Null where it is, or nobody has looked. */
  readonly hint: LocalizedText | null;
}
