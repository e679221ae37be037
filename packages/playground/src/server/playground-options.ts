import type { Config, Generator, LoadConfigInput, LoadedConfig, Runner } from '@cloche/core';
import type { ExecutorHost, Locale } from '@cloche/core/executor';
import type { PlaygroundLimits } from './playground-limits.ts';

export interface PlaygroundOptions {
  /** Default 0: the system chooses one. */
  readonly port?: number;
  /** Of the package, for the page. */
  readonly version: string;
  /** Of requests that name none. */
  readonly locale: Locale;
  readonly host: ExecutorHost;
  /** Where the configuration comes from; read anew for every run, so that a file that was edited counts. */
  readonly configInput: Omit<LoadConfigInput, 'session'>;
  /** Disposed of by the server. */
  readonly openRunner: (loaded: LoadedConfig) => Runner;
  readonly generation: PlaygroundGeneration;
  /** Where the page's files are. Default: beside the server, as they are built. */
  readonly pageDirectory?: string;
  /** Default `DEFAULT_PLAYGROUND_LIMITS`, key by key. */
  readonly limits?: Partial<PlaygroundLimits>;
}

/** Whose model writes programs: put together by whoever starts the server. */
export interface PlaygroundGeneration {
  /** @returns null where nothing is configured. @throws ClocheError where the configuration contradicts itself */
  describe(config: Config): Promise<ModelDescription | null>;
  /** @throws ClocheError `ERR_GENERATOR_FAILED` where nothing is configured */
  open(config: Config, runner: Runner): Promise<Generator>;
  /** @throws ClocheError `ERR_GENERATOR_FAILED` */
  listModels(config: Config, signal: AbortSignal): Promise<readonly string[]>;
}

export interface ModelDescription {
  /** `Anthropic, claude-…` */
  readonly name: string;
  /** `ANTHROPIC_API_KEY`. Null: it works without a key. */
  readonly keySource: string | null;
}
