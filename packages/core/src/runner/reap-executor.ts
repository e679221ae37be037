import type { Executor, LocalizedText, Logger } from '../executor/index.ts';
import type { ExecutorReapReport } from './runner.ts';
import { noAnswer } from './unavailable-error.ts';
import { TIME_IS_OVER, within } from './within.ts';

const PROBE_TIMEOUT_MS = 5000;

/** An executor that is not available can remove nothing, and nobody knows what it would have found. */
export async function reapIfAvailable(name: string, executor: Executor): Promise<ExecutorReapReport> {
  const probe = await within(PROBE_TIMEOUT_MS, (signal) => executor.probe({ signal }));
  if (probe === TIME_IS_OVER) return notAsked(name, noAnswer(name, PROBE_TIMEOUT_MS).reason);
  return probe.available ? reapAvailable(name, executor) : notAsked(name, probe.reason);
}

export async function reapAvailable(name: string, executor: Executor): Promise<ExecutorReapReport> {
  return { executor: name, ...(await executor.reap()), problem: null };
}

export function notAsked(name: string, problem: LocalizedText): ExecutorReapReport {
  return { executor: name, removed: [], failed: [], problem };
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
