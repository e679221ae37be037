import type { ConfigSource } from './config.ts';
import type { ConfigKey, ConfigValue } from './config-key.ts';

/** One value and where it came from. */
export interface SourcedValue<Value> {
  readonly value: Value;
  readonly source: ConfigSource;
}

/** What one place says; layers are data, highest first. */
export interface ConfigLayer {
  readonly kind: ConfigSource['kind'];
  readonly values: ReadonlyMap<ConfigKey, SourcedValue<ConfigValue>>;
  /** Keys of executors that core does not know: `docker.host` of the table `[docker]`. */
  readonly options: ReadonlyMap<string, SourcedValue<unknown>>;
}
