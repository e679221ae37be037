import type { CapabilityQuery, Executor, ExecutorCapabilities } from '../executor/index.ts';
import { noAnswer, unavailableError } from './unavailable-error.ts';
import { TIME_IS_OVER, within } from './within.ts';

const CAPABILITIES_TIMEOUT_MS = 30_000;

/** @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` when the executor says so or does not answer; the signal's reason */
export async function askCapabilities(
  executor: Executor,
  query: CapabilityQuery,
  signal: AbortSignal | null,
  timeoutMs: number = CAPABILITIES_TIMEOUT_MS,
): Promise<ExecutorCapabilities> {
  const capabilities = await within(timeoutMs, () => executor.capabilities(query), { signal });
  if (capabilities === TIME_IS_OVER) throw unavailableError(noAnswer(executor.name, timeoutMs));
  return capabilities;
}
