import { pause } from '../pause.ts';
import type { DaytonaService, SandboxRequest } from '../service/daytona-service.ts';
import { creationError } from '../service/service-error.ts';
import type { FailureKind } from '../service/service-failure.ts';
import { ServiceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';
import type { SandboxDisposal } from './sandbox-disposal.ts';

const MAXIMUM_TRIES = 4;
const FIRST_PAUSE_MS = 1000;
/** Who asks for more is told so, rather than left waiting. */
const LONGEST_PAUSE_MS = 30_000;

/** After these nobody knows whether the service goes on creating. */
const MAY_STILL_COME: ReadonlySet<FailureKind> = new Set(['network', 'silence', 'server', 'address']);

/**
 * A sandbox that has started. Creation is tried again only where the service has refused it for its rate, and so has
 * created nothing. Whatever else goes wrong, a sandbox that may have come into being is looked for by its name and
 * deleted.
 *
 * @param onLeft told the name of one that could not be deleted after an abort
 * @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` naming the sandbox where one may be left; the signal's reason
 */
export async function createSandbox(
  service: DaytonaService,
  disposal: SandboxDisposal,
  request: SandboxRequest,
  signal: AbortSignal,
  onLeft: (name: string) => void,
): Promise<ServiceSandbox> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await createOnce(service, disposal, request, signal, onLeft);
    } catch (error) {
      if (signal.aborted || !(error instanceof ServiceFailure)) throw error;
      const wait = error.retryAfterMs ?? FIRST_PAUSE_MS * attempt;
      if (error.kind === 'rate' && attempt < MAXIMUM_TRIES && wait <= LONGEST_PAUSE_MS) {
        await pause(wait, signal);
        continue;
      }
      if (error.hadNoEffect) throw creationError(error, null);
      const outcome = await disposal.deleteNamed(
        request.name,
        MAY_STILL_COME.has(error.kind) ? 'unknown' : 'over',
      );
      throw creationError(error, outcome === 'left' ? request.name : null);
    }
  }
}

async function createOnce(
  service: DaytonaService,
  disposal: SandboxDisposal,
  request: SandboxRequest,
  signal: AbortSignal,
  onLeft: (name: string) => void,
): Promise<ServiceSandbox> {
  let isUnderWay = true;
  const creation = service.create(request);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const sandbox = await Promise.race([creation, aborted]);
    isUnderWay = false;
    if (!signal.aborted) return sandbox;
    if ((await disposal.delete(sandbox)) === 'left') onLeft(request.name);
    throw signal.reason;
  } catch (error) {
    // Creation has no way to be ended: what it brings is deleted when it comes.
    if (signal.aborted && isUnderWay) {
      const outcome = await disposal.deleteNamed(request.name, creation);
      if (outcome === 'left') onLeft(request.name);
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
