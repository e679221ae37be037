import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import type { EngineConnection } from './engine-connection.ts';
import { readFailure } from './engine-failure.ts';
import type { EngineCallOptions } from './engine.ts';

const POLL_MS_MIN = 25;
const POLL_MS_MAX = 500;

/** Ends and removes a container, and waits where somebody else is already at it. */
export function removeContainer(
  connection: EngineConnection,
  id: string,
  options: EngineCallOptions,
): Promise<void> {
  return connection.call(
    { action: { en: 'remove a container', zh: '删除容器' }, defaultTimeoutMs: 30_000 },
    options,
    async (dockerode, { signal }) => {
      const container = dockerode.getContainer(id);
      for (let pollMs = POLL_MS_MIN; ; pollMs = Math.min(pollMs * 2, POLL_MS_MAX)) {
        const outcome = await tryToRemove(container, signal);
        if (outcome === 'gone') return;
        await sleep(pollMs, undefined, { signal });
      }
    },
  );
}

async function tryToRemove(container: Dockerode.Container, signal: AbortSignal): Promise<'gone' | 'busy'> {
  try {
    await container.remove({ force: true, v: true, abortSignal: signal });
    return 'gone';
  } catch (error) {
    const { statusCode, text } = readFailure(error);
    if (statusCode === 404 || /no such container/iu.test(text)) return 'gone';
    // The second: a mount that another process still looks into; the engine keeps the container and may be asked again.
    if (statusCode !== null && /already in progress|resource busy|being removed/iu.test(text)) return 'busy';
    throw error;
  }
}
