import type Dockerode from 'dockerode';
import { askInfo } from './ask-engine.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { EngineCallOptions } from './engine.ts';
import type { BoundedWork } from './bounded-call.ts';
import { readFailure } from './engine-failure.ts';
import { readJsonLines } from './json-lines.ts';

/** The kernel's notice reaches the engine on a way of its own, and may come after the container's end. */
const LATE_NOTICE_MS = 250;
/** Clocks differ. The container's id alone decides which events count, so an early start costs nothing. */
const EARLY_MS = 60_000;

/**
 * Docker tells of it in an event, for child processes too, and remembers its last 256; Podman has no such event, and
 * says it of the container alone. False where neither knows.
 */
export async function wasOutOfMemory(
  connection: EngineConnection,
  id: string,
  startedAtMs: number,
  options: EngineCallOptions,
): Promise<boolean> {
  return connection.call(
    { action: { en: 'tell whether memory ran out', zh: '查询内存是否耗尽' }, defaultTimeoutMs: 5000 },
    options,
    async (dockerode, bounded) =>
      (await isStateOutOfMemory(dockerode, id, bounded)) ||
      (connection.product !== 'podman' && (await hasEvent(dockerode, id, startedAtMs, bounded))),
  );
}

async function isStateOutOfMemory(
  dockerode: Dockerode,
  id: string,
  { signal }: BoundedWork,
): Promise<boolean> {
  try {
    const container = await dockerode.getContainer(id).inspect({ abortSignal: signal });
    return container.State.OOMKilled;
  } catch (error) {
    if (readFailure(error).statusCode === 404) return false;
    throw error;
  }
}

async function hasEvent(
  dockerode: Dockerode,
  id: string,
  startedAtMs: number,
  bounded: BoundedWork,
): Promise<boolean> {
  const info = await askInfo(dockerode, bounded.signal);
  const engineNowMs = Date.parse(typeof info === 'string' ? '' : (info.SystemTime ?? ''));
  const nowMs = Number.isNaN(engineNowMs) ? Date.now() : engineNowMs;
  const stream = await dockerode.getEvents({
    since: seconds(startedAtMs - Date.now() + nowMs - EARLY_MS),
    until: seconds(nowMs + LATE_NOTICE_MS),
    filters: { container: [id], event: ['oom'] },
    abortSignal: bounded.signal,
  } as unknown as Dockerode.GetEventsOptions);
  for await (const event of readJsonLines(stream as unknown as AsyncIterable<Buffer>, bounded)) {
    if (event['Action'] === 'oom' || event['status'] === 'oom') return true;
  }
  return false;
}

/** With the fraction as digits: engines read it as nanoseconds. */
function seconds(timeMs: number): string {
  return (timeMs / 1000).toFixed(3);
}
