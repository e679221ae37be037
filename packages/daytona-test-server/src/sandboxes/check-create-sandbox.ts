import type { CreateSandbox } from '@daytona/api-client';
import { ServiceError } from '../http/service-error.ts';

/** @throws ServiceError 400 for what no sandbox can be created from */
export function checkCreateSandbox(request: CreateSandbox): void {
  if (request.buildInfo) {
    if (request.snapshot) {
      throw new ServiceError(400, 'Cannot specify a snapshot when using a build info entry');
    }
  } else if (request.cpu || request.gpu || request.memory || request.disk) {
    throw new ServiceError(400, 'Cannot specify Sandbox resources when using a snapshot');
  }
  checkInterval(request.autoStopInterval, 'Auto-stop');
  checkInterval(request.autoArchiveInterval, 'Auto-archive');
}

/** @throws ServiceError 400 */
export function checkInterval(minutes: number | undefined, name: 'Auto-stop' | 'Auto-archive'): void {
  if (minutes !== undefined && minutes < 0) {
    throw new ServiceError(400, `${name} interval must be non-negative`);
  }
}
