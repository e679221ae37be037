import type Dockerode from 'dockerode';
import { askInfo } from './ask-engine.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { EngineCallOptions } from './engine.ts';
import type { BoundedWork } from './bounded-call.ts';
import { readFailure } from './engine-failure.ts';
import { readJsonLines } from './json-lines.ts';

/** The kernel's notice reaches the engine on a way of its own, and may come after the container's end. */
const LATE_NOTICE_MS = 250;
/** How long a container whose streams have ended may take until the engine says that it died. */
const DEATH_MS = 3000;
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
  const askedAtMs = performance.now();
  const nowMs = Number.isNaN(engineNowMs) ? Date.now() : engineNowMs;
  const since = seconds(startedAtMs - Date.now() + nowMs - EARLY_MS);
  // Its streams end before the engine knows how it ended, on a busy machine by far.
  const first = await firstEvent(
    dockerode,
    { id, since, until: seconds(nowMs + DEATH_MS) },
    ['oom', 'die'],
    bounded,
  );
  if (first !== 'die') return first === 'oom';
  const until = seconds(nowMs + performance.now() - askedAtMs + LATE_NOTICE_MS);
  return (await firstEvent(dockerode, { id, since, until }, ['oom'], bounded)) === 'oom';
}

/** Null where none comes until then. */
async function firstEvent(
  dockerode: Dockerode,
  { id, since, until }: { readonly id: string; readonly since: string; readonly until: string },
  names: readonly string[],
  bounded: BoundedWork,
): Promise<string | null> {
  const stream = await dockerode.getEvents({
    since,
    until,
    filters: { container: [id], event: names },
    abortSignal: bounded.signal,
  } as unknown as Dockerode.GetEventsOptions);
  for await (const event of readJsonLines(stream as unknown as AsyncIterable<Buffer>, bounded)) {
    const name = names.find((known) => event['Action'] === known || event['status'] === known);
    if (name !== undefined) return name;
  }
  return null;
}

/** With the fraction as digits: engines read it as nanoseconds. */
function seconds(timeMs: number): string {
  return (timeMs / 1000).toFixed(3);
}
