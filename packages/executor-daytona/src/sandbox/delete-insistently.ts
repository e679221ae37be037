import { pause } from '../pause.ts';
import { ServiceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';

/** A service that asks for more than that is not waited for: the sandbox deletes itself. */
const LONGEST_PAUSE_MS = 10_000;

/**
 * Deletes a sandbox, and tries again where that may help.
 *
 * @param signal ends the waiting between two tries
 * @throws ServiceFailure of the last try
 */
export async function deleteInsistently(
  sandbox: ServiceSandbox,
  signal: AbortSignal | null = null,
): Promise<void> {
  for (const wait of [...sandbox.timing.deletionPausesMs, null]) {
    try {
      return await sandbox.delete();
    } catch (error) {
      if (!(error instanceof ServiceFailure) || wait === null) throw error;
      if (error.kind === 'key' || error.kind === 'permission' || signal?.aborted === true) throw error;
      await pause(Math.min(Math.max(wait, error.retryAfterMs ?? 0), LONGEST_PAUSE_MS), signal);
    }
  }
}
