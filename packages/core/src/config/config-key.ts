import type { LanguageId } from '../executor/languages/language-id.ts';
import type { LimitName } from '../executor/limits/execution-limits.ts';
import type { LocalizedText } from '../executor/localized-text.ts';

const SINGLE_KEYS = [
  'executor',
  'auto.order',
  'isolation.minimum',
  'network',
  'limits.timeout',
  'limits.compileTimeout',
  'limits.installTimeout',
  'limits.output',
  'limits.memory',
  'limits.scratch',
  'limits.processes',
  'limits.openFiles',
  'limits.cpus',
  'limits.artifactBytes',
  'limits.artifactCount',
  'limits.inputBytes',
  'limits.inputCount',
  'queue.concurrency',
  'queue.length',
  'locale',
  'local.sandbox',
  'docker.image',
  'docker.runtime',
  'docker.user',
  'docker.host',
  'docker.poolSize',
  'docker.poolIdle',
  'docker.poolMemory',
  'daytona.apiKey',
  'daytona.apiUrl',
  'daytona.target',
  'daytona.organizationId',
  'daytona.snapshot',
  'daytona.image',
  'daytona.cpu',
  'daytona.memory',
  'daytona.disk',
  'daytona.networkAllowList',
  'daytona.networkBlockAll',
  'daytona.labels',
  'daytona.autoStop',
  'daytona.keepSandbox',
  'generator.provider',
  'generator.model',
  'generator.baseUrl',
  'generator.apiKey',
  'generator.maxAttempts',
  'generator.maxOutputTokens',
  'generator.timeout',
] as const;

/** A key as it is written in a file, its tables before it: `limits.memory`. */
export type ConfigKey =
  | (typeof SINGLE_KEYS)[number]
  | `docker.images.${LanguageId}`
  | `languages.${LanguageId}.compileArguments`;

/**
 * What a key holds once it is read: milliseconds, bytes or a count; text; yes or no; a list of text; text by name;
 * null for nothing.
 */
export type ConfigValue =
  | number
  | string
  | boolean
  | readonly string[]
  | Readonly<Record<string, string>>
  | null;

/**
 * How text becomes a value. `duration` and `size` are written with a unit, `list` with commas in a
 * flag or variable and as an array in a file, `pairs` as `key=value` with commas and as a table in a file.
 */
export type ConfigParser =
  | 'duration'
  | 'size'
  | 'count'
  | 'number'
  | 'boolean'
  | 'enum'
  | 'locale'
  | 'list'
  | 'pairs'
  | 'text';

export interface ConfigKeyDefinition {
  readonly key: ConfigKey;
  /** Environment variables that give it, the usual one first; may be empty. */
  readonly variables: readonly string[];
  /** `--timeout`; null when there is none. */
  readonly flag: string | null;
  readonly parser: ConfigParser;
  /** What an `enum` may be, weakest or lowest first. */
  readonly values: readonly string[] | null;
  /** The limit behind it, whose bounds hold; null for what is not a limit. */
  readonly limit: LimitName | null;
  /** The smallest and largest number of what is not a limit. Null: 1 to 1,000,000. */
  readonly bounds: { readonly minimum: number; readonly maximum: number } | null;
  readonly defaultValue: ConfigValue;
  /** Whether it is shown shortened to its last four characters. */
  readonly secret: boolean;
  /**
   * What the project file, which is not trusted, may do to it: nothing, set it, or only lower or
   * raise what the layers below it say.
   */
  readonly projectFile: 'never' | 'any' | 'lower' | 'raise';
  readonly description: LocalizedText;
}
