import type { Executor } from './executor.ts';
import type { ExecutorHost } from './executor-host.ts';
import type { StandardSchema } from './standard-schema.ts';

/** What an executor's package exports as its default export. */
export interface ExecutorPlugin<Options = unknown> {
  readonly specificationVersion: 1;
  /** The word of `--executor`, and the name of the plugin's table in the configuration. Lower case, dashes. */
  readonly name: string;
  /** Options come from the configuration and are validated by core before `create`. `{}` must be valid. */
  readonly optionsSchema: StandardSchema<Options>;
  /** Does no I/O, loads no SDK, starts nothing. */
  // A method, so that plugins of different options fit one list.
  create(options: Options, host: ExecutorHost): Executor;
}
