import { stat } from 'node:fs/promises';
import { ClocheError } from '@cloche/core/executor';
import type { ExecutorHost, Unavailability } from '@cloche/core/executor';
import type { AttemptFailure } from './attempt-failure.ts';
import { DockerodeEngine } from './dockerode-engine.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import type { Engine, EngineIdentity } from './engine.ts';
import { explainNamed } from './explain-named.ts';
import { explainUsual } from './explain-usual.ts';
import { findEndpoints } from './find-endpoints.ts';
import { findProgram } from './find-program.ts';
import { loadDockerode } from './load-dockerode.ts';
import type { SshProgram } from './ssh-transport.ts';

export type EngineSearch =
  | {
      readonly found: true;
      readonly engine: Engine;
      /** Who named it: `DOCKER_HOST`, `context colima`, `Docker Desktop`. */
      readonly origin: string;
      readonly identity: EngineIdentity;
    }
  | { readonly found: false; readonly unavailability: Unavailability };

export interface SearchOptions {
  readonly signal?: AbortSignal;
  /** Until the first sign of life of any engine. Default: {@link BUDGET_MS} by the way to the engine. */
  readonly budgetMs?: number;
  /** In place of {@link findEndpoints}. */
  readonly endpoints?: readonly EngineEndpoint[];
}

/** Engines of this machine answer in milliseconds; TLS and ssh take several round trips before the first byte. */
const BUDGET_MS: Readonly<Record<EngineEndpoint['transport']['kind'], number>> = {
  socket: 1200,
  tcp: 3000,
  ssh: 10_000,
};

/** An engine that has not answered by then no longer keeps the next one waiting; it still comes first. */
const HEAD_START_MS = 300;

/**
 * Finds the engine that is to be used. An address that cannot be read is an unavailability too, with its own code.
 *
 * @param configuredHost the option `docker.host`; null where it is not set
 * @throws the signal's reason, and nothing else
 */
export async function openEngine(
  host: ExecutorHost,
  configuredHost: string | null,
  options: SearchOptions = {},
): Promise<EngineSearch> {
  let endpoints: readonly EngineEndpoint[];
  try {
    endpoints = options.endpoints ?? (await findEndpoints(host, configuredHost));
  } catch (error) {
    if (!ClocheError.isInstance(error)) throw error;
    return { found: false, unavailability: fromError(error) };
  }
  const candidates = await keepExisting(endpoints);
  const ssh: SshProgram = {
    file: candidates.some(({ transport }) => transport.kind === 'ssh')
      ? await findProgram('ssh', host)
      : null,
    environment: host.environment,
  };
  const outcome = await tryInOrder(candidates, ssh, options);
  if ('found' in outcome) return outcome;
  options.signal?.throwIfAborted();
  const named = outcome.find(({ endpoint }) => endpoint.isExplicit);
  const unavailability = named === undefined ? await explainUsual(host, outcome) : explainNamed(host, named);
  return { found: false, unavailability };
}

type Attempt = (EngineSearch & { found: true }) | AttemptFailure;

async function tryInOrder(
  endpoints: readonly EngineEndpoint[],
  ssh: SshProgram,
  options: SearchOptions,
): Promise<(EngineSearch & { found: true }) | AttemptFailure[]> {
  if (endpoints.length === 0) return [];
  // Loading takes a quarter of a second, which is no fault of an engine.
  await loadDockerode();
  const budgetMs =
    options.budgetMs ?? Math.max(...endpoints.map(({ transport }) => BUDGET_MS[transport.kind]));
  const endsAtMs = performance.now() + budgetMs;
  const attempts: Promise<Attempt>[] = [];
  for (const endpoint of endpoints) {
    const attempt = tryEndpoint(
      endpoint,
      ssh,
      Math.max(Math.ceil(endsAtMs - performance.now()), 1),
      options.signal,
    );
    attempts.push(attempt);
    const soon = await withHeadStart(attempt);
    if (soon !== null && 'found' in soon) break;
  }
  const failures: AttemptFailure[] = [];
  for (const [index, pending] of attempts.entries()) {
    const attempt = await pending;
    if ('found' in attempt) {
      for (const later of attempts.slice(index + 1)) later.then(giveBack, () => {});
      return attempt;
    }
    failures.push(attempt);
  }
  return failures;
}

async function tryEndpoint(
  endpoint: EngineEndpoint,
  ssh: SshProgram,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const engine = new DockerodeEngine(endpoint, ssh);
  try {
    const identity = await engine.identifySoon(timeoutMs, signal);
    return { found: true, engine, origin: endpoint.origin, identity };
  } catch (error) {
    engine.close();
    return { endpoint, error };
  }
}

async function withHeadStart(attempt: Promise<Attempt>): Promise<Attempt | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, HEAD_START_MS, null);
  try {
    return await Promise.race([attempt, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function giveBack(attempt: Attempt): void {
  if ('found' in attempt) attempt.engine.close();
}

/** A socket that is not there, or lies where this user may not look, costs no attempt, unless somebody named it. */
async function keepExisting(endpoints: readonly EngineEndpoint[]): Promise<EngineEndpoint[]> {
  const kept = await Promise.all(
    endpoints.map(async (endpoint) => ((await mayExist(endpoint)) ? endpoint : null)),
  );
  return kept.filter((endpoint) => endpoint !== null);
}

async function mayExist({ isExplicit, transport }: EngineEndpoint): Promise<boolean> {
  // Looking at a pipe of Windows opens it.
  if (isExplicit || transport.kind !== 'socket' || transport.path.startsWith('//')) return true;
  return stat(transport.path).then(
    () => true,
    () => false,
  );
}

function fromError(error: ClocheError): Unavailability {
  return {
    available: false,
    code: error.code,
    reason: error.text.message,
    hint: error.text.hint ?? { en: '', zh: '' },
    fix: [],
  };
}
