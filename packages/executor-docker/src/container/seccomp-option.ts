import { createHash } from 'node:crypto';
import { rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';
import type { Engine, EngineIdentity } from '../engine/engine.ts';
import { seccompProfile } from './seccomp-profile.ts';

/**
 * The `SecurityOpt` entry for the profile of system calls. Docker takes the profile itself, Podman the name of a file
 * on its own machine, so a remote Podman keeps its own profile.
 */
export async function seccompOption(
  engine: Engine,
  identity: EngineIdentity,
  host: ExecutorHost,
): Promise<string | null> {
  const profile = seccompProfile();
  if (identity.product === 'docker') return `seccomp=${profile}`;
  if (!engine.address.startsWith('unix://')) return null;
  const name = `seccomp-${createHash('sha256').update(profile).digest('hex').slice(0, 16)}.json`;
  const file = path.join(await host.privateDirectory('cache', 'executor-docker'), name);
  if ((await stat(file).catch(() => null)) === null) {
    const temporary = `${file}.${process.pid}`;
    await writeFile(temporary, profile, { mode: 0o600 });
    await rename(temporary, file);
  }
  return `seccomp=${file}`;
}
