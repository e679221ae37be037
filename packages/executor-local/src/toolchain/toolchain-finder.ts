import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost, ToolchainProgram } from '@cloche/core/executor';
import { JsonCache } from '@cloche/core/executor';
import { askProgram } from './ask-program.ts';
import { findOnPath } from './find-on-path.ts';
import type { LocatedProgram } from './located-program.ts';
import { programDirectories } from './program-directories.ts';
import { resolveShim } from './resolve-shim.ts';

/** Variables by which version managers choose what stands behind a shim. */
const STEERING_VARIABLES = [
  'PYENV_VERSION',
  'NODENV_VERSION',
  'RUSTUP_TOOLCHAIN',
  'ASDF_DATA_DIR',
  'GOROOT',
  'JAVA_HOME',
];
/** A version manager's global choice changes without a trace in the shim, so an answer is asked for again. */
const SHIM_LIFETIME_MS = 3_600_000;

interface CachedProgram extends LocatedProgram {
  /** Change of any of these files makes the entry worthless. */
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly foundAtMs: number;
}

/** Finds the programs of toolchains once, and remembers them on disk: the questions cost more than a run. */
export class ToolchainFinder {
  readonly #host: ExecutorHost;
  readonly #cache: JsonCache<CachedProgram>;
  readonly #located = new Map<string, Promise<LocatedProgram | null>>();

  constructor(host: ExecutorHost) {
    this.#host = host;
    this.#cache = new JsonCache(host, 'executor-local', 'toolchains.json');
  }

  /** Null when there is no such program on this machine. */
  locate(program: ToolchainProgram): Promise<LocatedProgram | null> {
    let located = this.#located.get(program.name);
    if (located === undefined) {
      located = this.#locate(program);
      this.#located.set(program.name, located);
      // What is missing now may be installed a moment later: only what was found is kept.
      void located.then(
        (found) => found ?? this.#located.delete(program.name),
        () => this.#located.delete(program.name),
      );
    }
    return located;
  }

  async #locate(program: ToolchainProgram): Promise<LocatedProgram | null> {
    const { environment } = this.#host;
    const candidates = await findOnPath(program.name, environment);
    if (program.name === 'node' && path.basename(process.execPath).startsWith('node'))
      candidates.push(process.execPath);
    for (const candidate of candidates) {
      const key = [
        program.name,
        candidate,
        ...STEERING_VARIABLES.map((name) => environment[name] ?? ''),
      ].join('\n');
      const cached = await this.#cache.get(key);
      if (cached !== null && (await isStillTrue(cached, candidate))) return cached;
      const found = await this.#examine(program, candidate);
      if (found === null) continue;
      await this.#cache.set(key, found);
      return found;
    }
    return null;
  }

  async #examine(program: ToolchainProgram, candidate: string): Promise<CachedProgram | null> {
    const { environment } = this.#host;
    const file = await resolveShim(program.name, candidate, environment);
    if (file === null) return null;
    const output = await askProgram(file, program.versionArguments, environment);
    // A program that cannot even tell its version (macOS's stubs for tools not installed) is not there.
    if (output === null) return null;
    return {
      name: program.name,
      path: file,
      version: program.versionPattern.exec(output.trim())?.[1] ?? null,
      directories: await programDirectories(file),
      fingerprints: { [candidate]: await fingerprint(candidate), [file]: await fingerprint(file) },
      foundAtMs: Date.now(),
    };
  }
}

async function isStillTrue(cached: CachedProgram, candidate: string): Promise<boolean> {
  if (candidate !== cached.path && Date.now() - cached.foundAtMs > SHIM_LIFETIME_MS) return false;
  for (const [file, expected] of Object.entries(cached.fingerprints)) {
    if ((await fingerprint(file).catch(() => null)) !== expected) return false;
  }
  return true;
}

async function fingerprint(file: string): Promise<string> {
  const { dev, ino, size, mtimeMs } = await stat(file);
  return [dev, ino, size, mtimeMs].join(':');
}
