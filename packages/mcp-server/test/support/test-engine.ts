import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { currentOwner, formatOwner } from '@cloche/core/executor';

/** What every test that needs an image runs in; `scripts/engine/prepare` makes it. */
export const TEST_IMAGE = 'cloche-test:toolchains';

async function docker(argv: readonly string[]): Promise<string | null> {
  try {
    return (await promisify(execFile)('docker', argv, { timeout: 20_000 })).stdout;
  } catch {
    return null;
  }
}

/** Why tests cannot run in containers here; null when they can. */
export async function engineProblem(): Promise<string | null> {
  if ((await docker(['version'])) === null)
    return 'no container engine answers: scripts/engine/prepare starts one';
  const hasImage = (await docker(['image', 'inspect', TEST_IMAGE])) !== null;
  return hasImage ? null : `the image ${TEST_IMAGE} is missing: scripts/engine/prepare makes it`;
}

/** The containers that this process has made and not removed: those that wait for a run, too. */
export async function ownContainers(): Promise<readonly string[]> {
  const label = `label=dev.cloche.owner=${formatOwner(currentOwner())}`;
  const ids = await docker(['ps', '--all', '--quiet', '--filter', label]);
  if (ids === null) throw new Error('The engine does not answer.');
  return ids.split('\n').filter((id) => id !== '');
}
