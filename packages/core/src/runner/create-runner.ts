import { CoreRunner } from './core-runner.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/**
 * A runner over the given executors. Starts nothing and loads nothing: that happens at the first run.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` for a queue without room for a run
 */
export function createRunner(options: RunnerOptions): Runner {
  return new CoreRunner(options);
}
