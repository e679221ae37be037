import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pingEngine } from './ping-engine.ts';
import { tryCommand } from './run-command.ts';
import { TestDaemon } from './test-daemon.ts';
import { TOOLCHAINS_IMAGE } from './test-engine.ts';

/** Podman on the tests' own store, where `scripts/engine/prepare` has put the image. */
const PODMAN = path.resolve(import.meta.dirname, '../../../../scripts/engine/podman');

export interface PodmanService extends AsyncDisposable {
  /** As `DOCKER_HOST` takes it. */
  readonly address: string;
  readonly socketPath: string;
  readonly image: string;
  /** Ends the service. Containers are not its children: they go on, and are seen by the check for what is left. */
  stop: () => Promise<void>;
}

/** Why Podman cannot be tested here; null where it can. */
export async function findPodmanProblem(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'Podman of the test’s own needs root';
  if ((await tryCommand('podman', ['--version'])) === null) return 'podman is not installed';
  const image = await tryCommand(PODMAN, ['image', 'inspect', TOOLCHAINS_IMAGE]);
  return image === null ? `Podman lacks the image ${TOOLCHAINS_IMAGE}: scripts/engine/prepare` : null;
}

export async function startPodmanService(): Promise<PodmanService> {
  // scripts/engine/leftovers knows the name.
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-engine-podman-'));
  const socketPath = path.join(directory, 'podman.sock');
  const address = `unix://${socketPath}`;
  // The script becomes Podman, so that a signal reaches Podman itself.
  const daemon = new TestDaemon(
    [PODMAN, 'system', 'service', '--time=0', address],
    path.join(directory, 'output'),
  );
  const stop = async (): Promise<void> => {
    await daemon.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await daemon.start(() => pingEngine(socketPath));
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, socketPath, image: TOOLCHAINS_IMAGE, stop, [Symbol.asyncDispose]: stop };
}
