import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { environment } from '../../src/environment.ts';

/** The image that `scripts/engine/prepare` makes. */
const TEST_IMAGE = 'cloche-test:toolchains';
const PATIENCE_MS = 20_000;
const SOCKET_SCHEME = 'unix://';

/** What Docker's own command uses here: the executor is measured beside it on the same engine. */
export interface BenchEngine {
  /** As `docker.host` has it. */
  readonly address: string;
  readonly socketPath: string;
  /** One with the toolchains of all languages. */
  readonly image: string;
  readonly runtimes: readonly string[];
}

export type EngineSearch =
  | { readonly found: true; readonly engine: BenchEngine }
  | { readonly found: false; readonly reason: string };

export async function findEngine(): Promise<EngineSearch> {
  const runtimes = await docker('info', '--format', '{{json .Runtimes}}');
  if (runtimes === null || runtimes === 'null') {
    return missing('no container engine answers `docker info`: scripts/engine/prepare starts one');
  }
  const address = await docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}');
  if (address === null || !address.startsWith(SOCKET_SCHEME)) {
    return missing(`the engine at ${address ?? 'an unknown address'} is not on a socket of this machine`);
  }
  const image = environment['CLOCHE_DOCKER_IMAGE'] ?? TEST_IMAGE;
  if ((await docker('image', 'inspect', image)) === null) {
    return missing(
      `the image ${image} is not on the engine: scripts/engine/prepare makes ${TEST_IMAGE}, and CLOCHE_DOCKER_IMAGE names another`,
    );
  }
  const socketPath = address.slice(SOCKET_SCHEME.length);
  const names = Object.keys(JSON.parse(runtimes) as object);
  return { found: true, engine: { address, socketPath, image, runtimes: names } };
}

/** What it printed; null where it failed, or is not there. */
async function docker(...argv: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('docker', argv, { timeout: PATIENCE_MS });
    return stdout.trim();
  } catch {
    return null;
  }
}

function missing(reason: string): EngineSearch {
  return { found: false, reason };
}
