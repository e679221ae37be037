import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { copyImage } from './copy-image.ts';
import { endProcesses, removeShimSockets, unmountBelow } from './end-everything.ts';
import { pingEngine } from './ping-engine.ts';
import { layoutBelow, writeConfiguration } from './private-engine-layout.ts';
import type { PrivateEngineLayout } from './private-engine-layout.ts';
import { runCommand, tryCommand } from './run-command.ts';
import { TestDaemon } from './test-daemon.ts';
import { BUSYBOX_IMAGE } from './test-engine.ts';

export interface PrivateEngineOptions {
  /** The room for images and containers together. Default: what the disk has. */
  readonly storageLimitBytes?: number;
  /** Copied from the engine that the tests share; null leaves the new one empty. Default: the busybox image. */
  readonly image?: string | null;
}

/** An engine that a test may break. It ends, with all that it has, when it is disposed of. */
export interface PrivateEngine extends AsyncDisposable {
  /** As `DOCKER_HOST` takes it. */
  readonly address: string;
  readonly socketPath: string;
  /** Where images and containers lie: what fills it leaves the engine no room. */
  readonly dataDirectory: string;
  /** Again, on the same data. Without effect while it runs. */
  start: () => Promise<void>;
  /** As an administrator does it: the containers are ended first. */
  stop: () => Promise<void>;
  /** As a machine that loses its power: nothing of it runs any more, its data stay. */
  kill: () => Promise<void>;
  /** From here on it accepts connections and answers none. What runs in containers goes on. */
  pause: () => void;
  resume: () => void;
}

/** Why no private engine can be started here; null where one can. */
export async function findPrivateEngineProblem(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'an engine of the test’s own needs root';
  for (const program of ['dockerd', 'containerd']) {
    if ((await tryCommand(program, ['--version'])) === null) return `${program} is not installed`;
  }
  return null;
}

export async function startPrivateEngine(options: PrivateEngineOptions = {}): Promise<PrivateEngine> {
  // scripts/engine/leftovers knows the name.
  const directory = await mkdtemp(path.join(await realpath(os.tmpdir()), 'cloche-engine-'));
  const engine = new DockerdEngine(layoutBelow(directory));
  try {
    await engine.prepare(options.storageLimitBytes ?? null);
    await engine.start();
    const image = options.image === undefined ? BUSYBOX_IMAGE : options.image;
    if (image !== null) await copyImage(image, engine.address);
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

class DockerdEngine implements PrivateEngine {
  readonly #layout: PrivateEngineLayout;
  readonly #containerd: TestDaemon;
  readonly #dockerd: TestDaemon;

  constructor(layout: PrivateEngineLayout) {
    this.#layout = layout;
    const outputFile = path.join(layout.directory, 'output');
    this.#containerd = new TestDaemon(['containerd', '--config', layout.containerdConfiguration], outputFile);
    // With a network of its own: without a bridge, as its configuration says, it would remove that of every engine.
    this.#dockerd = new TestDaemon(
      ['unshare', '--net', '--', 'dockerd', '--config-file', layout.dockerdConfiguration],
      outputFile,
    );
  }

  get address(): string {
    return `unix://${this.#layout.socket}`;
  }

  get socketPath(): string {
    return this.#layout.socket;
  }

  get dataDirectory(): string {
    return this.#layout.data;
  }

  async prepare(storageLimitBytes: number | null): Promise<void> {
    await writeConfiguration(this.#layout);
    if (storageLimitBytes === null) return;
    const size = `size=${storageLimitBytes},mode=711`;
    await runCommand('mount', ['-t', 'tmpfs', '-o', size, 'cloche-test', this.#layout.data]);
  }

  async start(): Promise<void> {
    const { containerdSocket, pidFile, socket } = this.#layout;
    if (!this.#dockerd.isRunning) {
      // After a kill another process may have its number by now.
      await rm(pidFile, { force: true });
    }
    await this.#containerd.start(async () => {
      return (await tryCommand('ctr', ['--address', containerdSocket, 'version'])) !== null;
    });
    await this.#dockerd.start(() => pingEngine(socket));
  }

  async stop(): Promise<void> {
    await this.#dockerd.stop();
    await this.#containerd.stop();
  }

  async kill(): Promise<void> {
    await Promise.all([this.#dockerd.kill(), this.#containerd.kill()]);
    const { containerdState, data, directory, name } = this.#layout;
    await endProcesses(directory, name);
    await removeShimSockets(containerdState);
    // A machine that starts again has no mounts of before, and an engine counts on it.
    await unmountBelow(directory, data);
  }

  pause(): void {
    this.#dockerd.signal('SIGSTOP');
  }

  resume(): void {
    this.#dockerd.signal('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await unmountBelow(this.#layout.directory, null);
    await rm(this.#layout.directory, { recursive: true, force: true });
  }
}
