import type { Executor, Logger, ReapReport } from '../executor/index.ts';
import { TIME_IS_OVER, within } from './within.ts';

const PROBE_TIMEOUT_MS = 5000;

/** Null when the executor is not available: it can remove nothing then. */
export async function reapExecutor(
  name: string,
  executor: Executor,
): Promise<(ReapReport & { readonly executor: string }) | null> {
  const probe = await within(PROBE_TIMEOUT_MS, (signal) => executor.probe({ signal }));
  if (probe === TIME_IS_OVER || !probe.available) return null;
  return { executor: name, ...(await executor.reap()) };
}

/** Says in the log what was removed and what could not be; who reads it is whoever runs a server. */
export function logReap(logger: Logger, report: ReapReport & { readonly executor: string }): void {
  const { executor, removed, failed } = report;
  if (removed.length > 0)
    logger.info('Removed what dead processes left behind.', { executor, count: removed.length });
  for (const { kind, name, reason } of failed) {
    logger.warn('Could not remove what a dead process left behind.', { executor, kind, name, reason });
  }
}
