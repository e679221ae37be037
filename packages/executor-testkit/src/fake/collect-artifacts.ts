import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import type { Artifact, ExecutionLimits, OmittedArtifact, PlanFile } from '@cloche/core/executor';
import { pathProblem } from '@cloche/core/executor';

export interface CollectedArtifacts {
  readonly artifacts: Artifact[];
  readonly omitted: OmittedArtifact[];
  /** Paths of inputs that are no regular file any more. */
  readonly removed: string[];
}

/** Gathers what the program made or changed. Follows no link, opens nothing but regular files. */
export async function collectArtifacts(
  directory: string,
  inputs: readonly PlanFile[],
  limits: Pick<ExecutionLimits, 'artifactBytes' | 'artifactCount'>,
): Promise<CollectedArtifacts> {
  const collected: CollectedArtifacts = { artifacts: [], omitted: [], removed: [] };
  const inputOf = new Map(inputs.map((file) => [file.path, file]));
  let room = limits.artifactBytes;

  const visit = async (path: Buffer, relative: Buffer): Promise<void> => {
    for (const name of (await readdir(path, { encoding: 'buffer' })).toSorted((one, other) =>
      Buffer.compare(one, other),
    )) {
      const child = Buffer.concat([path, Buffer.from('/'), name]);
      const below = relative.length === 0 ? name : Buffer.concat([relative, Buffer.from('/'), name]);
      const text = below.toString();
      if (!Buffer.from(text).equals(below) || pathProblem(text) !== null) {
        collected.omitted.push({ path: text, reason: 'invalid_name' });
        continue;
      }
      const status = await lstat(child);
      if (status.isDirectory()) await visit(child, below);
      else if (status.isFile()) await take(child, text, status.size);
      else collected.omitted.push({ path: text, reason: 'not_a_regular_file' });
    }
  };

  const take = async (path: Buffer, text: string, size: number): Promise<void> => {
    const input = inputOf.get(text);
    inputOf.delete(text);
    if (size > room) {
      collected.omitted.push({ path: text, reason: 'too_large' });
      return;
    }
    const { content, executable } = await readRegularFile(path);
    if (input !== undefined && Buffer.from(input.content).equals(content)) return;
    if (collected.artifacts.length >= limits.artifactCount) {
      collected.omitted.push({ path: text, reason: 'too_many' });
      return;
    }
    room -= content.length;
    collected.artifacts.push({ path: text, content, executable });
  };

  // The program may have put a link where its work directory was.
  if ((await lstat(directory)).isDirectory()) await visit(Buffer.from(directory), Buffer.alloc(0));
  collected.removed.push(...inputOf.keys());
  return collected;
}

async function readRegularFile(
  path: Buffer,
): Promise<{ readonly content: Buffer; readonly executable: boolean }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { mode } = await file.stat();
    return { content: await file.readFile(), executable: (mode & 0o100) !== 0 };
  } finally {
    await file.close();
  }
}
