import type { ProbeResult } from '@cloche/core/executor';
import { ClocheError, SEE_MORE_HINT } from '@cloche/core/executor';
import { bounded } from './bounded.ts';
import type { DaytonaService } from './service/daytona-service.ts';
import { apiError, FAILURE_HINTS } from './service/service-error.ts';
import { ServiceFailure } from './service/service-failure.ts';
import { unlessAborted } from './unless-aborted.ts';

const PROBE_MS = 10_000;
/** What a key needs for a run and its end. */
const NEEDED_PERMISSIONS: readonly string[] = ['write:sandboxes', 'delete:sandboxes'];
const VERSION = 'API v1';

/** Whether the service can be used, by one cheap request. Never rejects. */
export async function probeService(
  connect: () => DaytonaService,
  signal: AbortSignal | null,
): Promise<ProbeResult> {
  const startedAtMs = performance.now();
  try {
    const asked = bounded(connect().checkKey(), PROBE_MS);
    const { permissions } = await unlessAborted(asked, signal);
    const missing = NEEDED_PERMISSIONS.filter((permission) => permissions?.includes(permission) === false);
    if (missing.length > 0) return lacking(missing);
    return { available: true, version: VERSION, latencyMs: performance.now() - startedAtMs };
  } catch (error) {
    return unusable(error);
  }
}

function lacking(missing: readonly string[]): ProbeResult {
  const list = missing.join(', ');
  return {
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: {
      en: `The Daytona API key lacks permissions: ${list}.`,
      zh: `Daytona API 密钥缺少权限：${list}。`,
    },
    hint: FAILURE_HINTS.permission,
    fix: [],
  };
}

function unusable(error: unknown): ProbeResult {
  const told = error instanceof ServiceFailure ? apiError(error) : error;
  const reason = told instanceof Error ? told.message : String(told);
  const isCloche = ClocheError.isInstance(told);
  return {
    available: false,
    code: isCloche ? told.code : 'ERR_EXECUTOR_UNAVAILABLE',
    reason: isCloche ? told.text.message : { en: reason, zh: reason },
    hint: (isCloche ? told.text.hint : null) ?? SEE_MORE_HINT,
    fix: [],
  };
}
