import { tryCommand } from './run-command.ts';

/** Made by `scripts/engine/prepare`, as the one below: the toolchains of all languages. */
export const TOOLCHAINS_IMAGE = 'cloche-test:toolchains';
/** No bash and no coreutils: busybox for everything, and Python. */
export const BUSYBOX_IMAGE = 'cloche-test:busybox';

export type TestEngine =
  | { readonly available: true; readonly image: string }
  | { readonly available: false; readonly reason: string };

let found: Promise<TestEngine> | null = null;

/** Whether the tests' engine answers and has their image; the reason is one for `context.skip`. */
export function findTestEngine(): Promise<TestEngine> {
  found ??= lookForTestEngine();
  return found;
}

async function lookForTestEngine(): Promise<TestEngine> {
  const version = await tryCommand('docker', ['version', '--format', '{{.Server.Version}}']);
  if (version === null) return missing('no container engine answers: scripts/engine/prepare starts one');
  const id = await tryCommand('docker', ['image', 'inspect', '--format', '{{.Id}}', TOOLCHAINS_IMAGE]);
  if (id === null)
    return missing(`the image ${TOOLCHAINS_IMAGE} is missing: scripts/engine/prepare makes it`);
  return { available: true, image: TOOLCHAINS_IMAGE };
}

function missing(reason: string): TestEngine {
  return { available: false, reason };
}

/** Whether the tests' engine can start containers with this runtime, as `runsc`. */
export async function hasRuntime(name: string): Promise<boolean> {
  const runtimes = await tryCommand('docker', ['info', '--format', '{{json .Runtimes}}']);
  return runtimes !== null && Object.hasOwn(JSON.parse(runtimes) as object, name);
}
