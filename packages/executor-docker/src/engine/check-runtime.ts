import path from 'node:path';
import type Dockerode from 'dockerode';
import { ClocheError } from '@cloche/core/executor';
import type { DialRequest } from './engine-modem.ts';

/** The oldest version of Podman's own API that its versions 4 and 5 speak. */
const LIBPOD = '/v4.0.0/libpod';

/**
 * Podman 4.3 makes a container with its usual runtime whatever its Docker API is asked for, and says nothing. A program
 * that was meant for a stronger runtime must not run under a weaker one, so its own API is asked what became of it.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID`
 */
export async function checkPodmanRuntime(
  dockerode: Dockerode,
  id: string,
  runtime: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const used = await askRuntime(dockerode, id, abortSignal);
  if (used !== null && path.basename(used) === path.basename(runtime)) return;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `Podman does not take the runtime ${runtime} (docker.runtime): it would use ${used ?? 'another one'} in its place.`,
      zh: `Podman 不接受运行时 ${runtime}（docker.runtime）：它会改用 ${used ?? '其他运行时'}。`,
    },
    hint: {
      en: `Use Docker for that, or make ${runtime} the runtime of Podman itself (\`runtime\` in containers.conf) and leave docker.runtime out.`,
      zh: `请改用 Docker，或在 containers.conf 中将 ${runtime} 设为 Podman 自身的运行时（\`runtime\`），并去掉 docker.runtime。`,
    },
  });
}

interface DialingModem {
  dial(request: DialRequest, callback: (error: Error | null, result: unknown) => void): void;
}

function askRuntime(dockerode: Dockerode, id: string, abortSignal: AbortSignal): Promise<string | null> {
  const modem = dockerode.modem as DialingModem;
  return new Promise((resolve, reject) => {
    const request = { path: `${LIBPOD}/containers/${id}/json`, method: 'GET', abortSignal };
    modem.dial(request, (error, result) => {
      if (error !== null) {
        reject(error);
        return;
      }
      const isRead = typeof result === 'object' && result !== null && 'OCIRuntime' in result;
      resolve(isRead && typeof result.OCIRuntime === 'string' ? result.OCIRuntime : null);
    });
  });
}
