import type Dockerode from 'dockerode';
import { EngineResponseError, NotAnEngineError } from './engine-failure.ts';

/** What `GET /version` says, as far as it is used; older engines lack some. */
export interface VersionAnswer {
  readonly Version?: string;
  readonly ApiVersion?: string;
  readonly Arch?: string;
  readonly Components?: readonly { readonly Name: string }[];
}

/** What `GET /info` says, as far as it is used. */
export interface InfoAnswer {
  readonly CgroupVersion?: string;
  readonly Runtimes?: Readonly<Record<string, unknown>>;
  readonly DefaultRuntime?: string;
  readonly SecurityOptions?: readonly string[];
  readonly Rootless?: boolean;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  /** RFC 3339. */
  readonly SystemTime?: string;
}

/** These calls take a signal, which their types do not say. */
interface Abortable {
  ping(options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
  version(options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
  info(options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
}

/** @returns a text where something else than an engine answers */
export async function askVersion(
  dockerode: Dockerode,
  abortSignal: AbortSignal,
): Promise<VersionAnswer | string> {
  return (await (dockerode as Abortable).version({ abortSignal })) as VersionAnswer | string;
}

/** @returns a text where something else than an engine answers */
export async function askInfo(dockerode: Dockerode, abortSignal: AbortSignal): Promise<InfoAnswer | string> {
  return (await (dockerode as Abortable).info({ abortSignal })) as InfoAnswer | string;
}

/** What every engine has, and only something else can refuse or send elsewhere. */
const REFUSALS_OF_STRANGERS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308, 400, 404, 405]);

/** The quickest sign of life, also where the other two take their time, as on Podman. */
export async function ping(dockerode: Dockerode, abortSignal: AbortSignal): Promise<void> {
  try {
    await (dockerode as Abortable).ping({ abortSignal });
  } catch (error) {
    if (!(error instanceof EngineResponseError) || !REFUSALS_OF_STRANGERS.has(error.statusCode)) throw error;
    throw new NotAnEngineError(error.message, { cause: error });
  }
}
