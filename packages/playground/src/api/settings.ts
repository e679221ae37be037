import type { GeneratorProvider } from '@cloche/core';
import type { Isolation, LanguageId, Locale, LocalizedText, NetworkPolicy } from '@cloche/core/executor';

/** One thing that a person may choose, unless somebody has chosen it for them. */
export interface Setting<Value> {
  readonly value: Value;
  /** `--executor`, `CLOCHE_EXECUTOR`, `config.toml:12`, `page`, `default`. */
  readonly source: string;
  /** Why it cannot be changed here; null: it can. */
  readonly locked: LocalizedText | null;
}

/** A key that only the server has. */
export interface SecretSetting {
  readonly isSet: boolean;
  /** As of a {@link Setting}, or a variable of the service's own. Null: there is no key. */
  readonly source: string | null;
  /** Why it cannot be changed here; null: it can. */
  readonly locked: LocalizedText | null;
}

export interface Settings {
  /** `auto` or the name of an executor. */
  readonly executor: Setting<string>;
  readonly executors: readonly string[];
  /** In which `auto` tries them; one that is not among them has to be named. */
  readonly autoOrder: readonly string[];
  /** Always locked: what isolates less may not run, and an executor below it is not to be chosen. */
  readonly minimumIsolation: Setting<Isolation>;
  readonly network: Setting<NetworkPolicy>;
  readonly timeoutMs: Setting<number>;
  readonly memoryBytes: Setting<number>;
  readonly daytona: {
    readonly apiKey: SecretSetting;
    /** Null: the service's own. */
    readonly apiUrl: Setting<string | null>;
  };
  readonly generator: {
    readonly providers: readonly GeneratorProvider[];
    /** Null: the one whose key there is. */
    readonly provider: Setting<GeneratorProvider | null>;
    /** Null: the provider's own choice. */
    readonly model: Setting<string | null>;
    /** Null: the provider's own. */
    readonly baseUrl: Setting<string | null>;
    readonly apiKey: SecretSetting;
    /** `Anthropic, claude-…`; null: nothing is configured, and generating is refused. */
    readonly describedAs: string | null;
    /** What is wrong with what is configured; null: nothing. */
    readonly problem: LocalizedText | null;
    readonly maximumAttempts: Setting<number>;
  };
  readonly languages: readonly { readonly id: LanguageId; readonly name: string }[];
  /** Where `save` writes. Null: the user has no home directory, and `save` is refused. */
  readonly userConfigFile: string | null;
  /** Of the configuration: an address that is not used, a file that others can read. */
  readonly warnings: readonly LocalizedText[];
  readonly locale: Locale;
}

/** What changes. Null takes a value back to what the configuration says. */
export interface SettingsPatch {
  readonly executor?: string | null;
  readonly network?: NetworkPolicy | null;
  readonly timeoutMs?: number | null;
  readonly memoryBytes?: number | null;
  readonly daytona?: { readonly apiKey?: string | null; readonly apiUrl?: string | null };
  readonly generator?: {
    readonly provider?: GeneratorProvider | null;
    readonly model?: string | null;
    readonly baseUrl?: string | null;
    readonly apiKey?: string | null;
    readonly maximumAttempts?: number | null;
  };
  /** Also writes it to the user's file, mode 0600. Default false: until the server ends. */
  readonly save?: boolean;
}
