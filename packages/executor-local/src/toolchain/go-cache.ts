import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';
import { ClocheError, LANGUAGES } from '@cloche/core/executor';
import { removeTree } from '../execution/run-directory.ts';
import type { LocatedProgram } from './located-program.ts';

const PATIENCE_MS = 600_000;

/**
 * Go compiles its standard library on first use and keeps it in the home directory, which a sandboxed program
 * does not see. So it is compiled once into a cache of ours, by this machine's own toolchain and before any
 * program runs, and every sandbox sees the result read-only.
 */
export class GoCache {
  readonly #host: ExecutorHost;
  readonly #filled = new Map<string, Promise<string>>();

  constructor(host: ExecutorHost) {
    this.#host = host;
  }

  /** The cache's directory, and whether it has to be filled first. */
  async directoryFor(
    go: LocatedProgram,
  ): Promise<{ readonly directory: string; readonly isFilled: boolean }> {
    const key = createHash('sha256')
      .update(`${go.path}\n${go.version}\n${JSON.stringify(LANGUAGES.go.environment)}`)
      .digest('hex');
    const directory = path.join(await this.#host.privateDirectory('cache', 'go-build'), key.slice(0, 16));
    return { directory, isFilled: await exists(directory) };
  }

  /** Compiles the standard library; callers at the same time wait for the same compilation. */
  fill(go: LocatedProgram, directory: string): Promise<string> {
    let filled = this.#filled.get(directory);
    if (filled === undefined) {
      filled = this.#fill(go, directory).finally(() => this.#filled.delete(directory));
      this.#filled.set(directory, filled);
    }
    return filled;
  }

  async #fill(go: LocatedProgram, directory: string): Promise<string> {
    const temporary = await mkdtemp(`${directory}.`);
    try {
      const cache = path.join(temporary, 'cache');
      await mkdir(cache, { mode: 0o755 });
      const { execa } = await import('execa');
      const result = await execa(go.path, ['build', 'std'], {
        cwd: temporary,
        env: {
          ...LANGUAGES.go.environment,
          GOCACHE: cache,
          HOME: temporary,
          PATH: `${path.dirname(go.path)}:/usr/bin:/bin`,
        },
        extendEnv: false,
        stdin: 'ignore',
        all: true,
        reject: false,
        timeout: PATIENCE_MS,
      });
      if (result.failed) throw couldNotCompile(result.all);
      await publish(cache, directory);
      return directory;
    } finally {
      await removeTree(temporary);
    }
  }
}

/** Another process may have been quicker; its result is as good. */
async function publish(cache: string, directory: string): Promise<void> {
  try {
    await rename(cache, directory);
  } catch (error) {
    if (!(await exists(directory))) throw error;
    await rm(cache, { recursive: true, force: true });
  }
}

function exists(directory: string): Promise<boolean> {
  return stat(directory).then(
    () => true,
    () => false,
  );
}

function couldNotCompile(output: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `Go's standard library could not be compiled: ${output.slice(-500)}`,
      zh: `无法编译 Go 标准库：${output.slice(-500)}`,
    },
    hint: {
      en: 'Look at whether `go build std` works on this machine.',
      zh: '请检查本机上 `go build std` 能否成功。',
    },
  });
}
