import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClocheError, pathProblem } from '@cloche/core/executor';
import type { Artifact } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import { invalidRequest } from './invalid-request.ts';

/** @throws ClocheError `ERR_REQUEST_INVALID` where `--out` names something that is no directory */
export async function checkOutputDirectory(directory: string): Promise<void> {
  const status = await stat(directory).catch(() => null);
  if (status === null || status.isDirectory()) return;
  throw invalidRequest(
    {
      en: `--out ${printable(directory)} is not a directory.`,
      zh: `--out ${printable(directory)} 不是目录。`,
    },
    { en: 'Name a directory; it is made when it is missing.', zh: '请指定目录；不存在时会自动创建。' },
  );
}

/**
 * Writes what the program made below `directory`, which is made when missing. The names are the
 * program's, so they are checked again here; a symbolic link that lies there already is never followed.
 *
 * @throws ClocheError `ERR_EXECUTOR_FAILED` naming the file that could not be written
 */
export async function writeArtifacts(directory: string, artifacts: readonly Artifact[]): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    // Whoever named the directory may have named a link to it; below it there are none.
    const root = await realpath(directory);
    for (const artifact of artifacts) await writeArtifact(root, artifact);
  } catch (error) {
    if (ClocheError.isInstance(error)) throw error;
    throw writeFailed(directory, error instanceof Error ? error.message : String(error), error);
  }
}

async function writeArtifact(root: string, artifact: Artifact): Promise<void> {
  const problem = pathProblem(artifact.path);
  const isForeign = process.platform === 'win32' && /[\\:]/u.test(artifact.path);
  if (problem !== null || isForeign)
    throw writeFailed(artifact.path, problem?.en ?? 'the name is not one of this system');
  const target = join(root, ...artifact.path.split('/'));
  await makeDirectories(root, artifact.path.split('/').slice(0, -1));
  // A file of our own, moved into place: what stands there, a link or a hard link to elsewhere, is replaced, not written to.
  const temporary = join(dirname(target), `.cloche-${randomBytes(8).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', artifact.executable ? 0o777 : 0o666);
    try {
      await handle.writeFile(artifact.content);
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function makeDirectories(root: string, names: readonly string[]): Promise<void> {
  let directory = root;
  for (const name of names) {
    directory = join(directory, name);
    await mkdir(directory).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    const status = await lstat(directory);
    if (!status.isDirectory()) throw writeFailed(directory, 'something that is no directory is in the way');
  }
}

function writeFailed(path: string, reason: string, cause?: unknown): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `A file of the program could not be written to ${printable(path)}: ${reason}.`,
      zh: `无法将程序的文件写入 ${printable(path)}：${reason}。`,
    },
    hint: { en: 'Name another directory: --out ./result', zh: '请指定其他目录：--out ./result' },
    cause,
  });
}
