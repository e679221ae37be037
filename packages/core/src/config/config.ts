import type { Isolation } from '../executor/isolation.ts';
import type { LanguageId } from '../executor/languages/language-id.ts';
import type { ExecutionLimits } from '../executor/limits/execution-limits.ts';
import type { Locale, LocalizedText } from '../executor/localized-text.ts';
import type { GeneratorProvider } from './generator-providers.ts';
import type { NetworkPolicy } from '../executor/plan/execution-request.ts';

/** What the configuration says about one language. */
export interface LanguageConfig {
  readonly compileArguments: readonly string[];
  /**
   * Which layer the arguments are of: a project's file is not trusted, and its arguments run under a sandbox
   * or not at all. Absent: they are of whoever makes the configuration in code.
   */
  readonly source?: ConfigSource;
}

/** Whose model writes programs, and how far it may go. */
export interface GeneratorConfig {
  /** Null: the one whose key there is. */
  readonly provider: GeneratorProvider | null;
  /** Null: the provider's own choice. */
  readonly model: string | null;
  /** Null: the provider's own address. */
  readonly baseUrl: string | null;
  /** Which layer the address is of: a key of another layer is not sent there. Null where there is none. */
  readonly baseUrlSource: ConfigSource | null;
  readonly apiKey: string | null;
  readonly maximumAttempts: number;
  /** Of all answers together. */
  readonly maximumOutputTokens: number;
  readonly timeoutMs: number;
}

/** What all layers together say. */
export interface Config {
  /** `auto`, or the name of an executor. */
  readonly executor: string;
  readonly auto: { readonly order: readonly string[] };
  readonly isolation: { readonly minimum: Isolation };
  readonly network: NetworkPolicy;
  readonly limits: ExecutionLimits;
  readonly queue: { readonly concurrency: number; readonly length: number };
  /** Null: as the system's own variables say. */
  readonly locale: Locale | null;
  readonly languages: Readonly<Partial<Record<LanguageId, LanguageConfig>>>;
  /** The tables `[local]`, `[docker]`, `[daytona]` and of any added executor, not yet checked by its schema. */
  readonly executorOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly generator: GeneratorConfig;
}

/** `session`: what a person has chosen in the page of a running server. */
export type ConfigSourceKind =
  | 'flag'
  | 'environment'
  | 'session'
  | 'project'
  | 'user'
  | 'streamlit'
  | 'default';

export interface ConfigSource {
  readonly kind: ConfigSourceKind;
  /** `--timeout`, `CLOCHE_TIMEOUT`, `page`, `/home/x/.config/cloche/config.toml:12`, `default`. */
  readonly name: string;
}

export interface ConfigEntry {
  readonly key: string;
  /** Of a secret, the last four characters only. */
  readonly value: unknown;
  readonly source: ConfigSource;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly entries: readonly ConfigEntry[];
  readonly warnings: readonly LocalizedText[];
}
