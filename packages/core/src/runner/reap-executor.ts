import type { Executor, Logger } from '../executor/index.ts';
import type { ExecutorReapReport } from './runner.ts';
import { TIME_IS_OVER, within } from './within.ts';

const PROBE_TIMEOUT_MS = 5000;

/** Null when the executor is not available: it can remove nothing then. */
export async function reapIfAvailable(name: string, executor: Executor): Promise<ExecutorReapReport | null> {
  const probe = await within(PROBE_TIMEOUT_MS, (signal) => executor.probe({ signal }));
  return probe === TIME_IS_OVER || !probe.available ? null : reapAvailable(name, executor);
}

export async function reapAvailable(name: string, executor: Executor): Promise<ExecutorReapReport> {
  return { executor: name, ...(await executor.reap()) };
}

/** Says in the log what was removed and what could not be; who reads it is whoever runs a server. */
export function logReap(logger: Logger, { executor, removed, failed }: ExecutorReapReport): void {
  if (removed.length > 0) {
    logger.info('Removed what dead processes left behind.', { executor, count: removed.length });
  }
  for (const { kind, name, reason } of failed) {
    logger.warn('Could not remove what a dead process left behind.', { executor, kind, name, reason });
  }
}
