import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseOwner } from '@cloche/core/executor';

/** What every test that needs an image runs in; `scripts/engine/prepare` makes it. */
export const TEST_IMAGE = 'cloche-test:toolchains';

/** A small one, with Python. */
export const BUSYBOX_IMAGE = 'cloche-test:busybox';

const OWNER_LABEL = 'dev.cloche.owner';

async function docker(argv: readonly string[]): Promise<string | null> {
  try {
    return (await promisify(execFile)('docker', argv, { timeout: 20_000 })).stdout;
  } catch {
    return null;
  }
}

/** Why tests cannot run in containers here; null when they can. */
export async function engineProblem(image: string = TEST_IMAGE): Promise<string | null> {
  if ((await docker(['version'])) === null)
    return 'no container engine answers: scripts/engine/prepare starts one';
  const hasImage = (await docker(['image', 'inspect', image])) !== null;
  return hasImage ? null : `the image ${image} is missing: scripts/engine/prepare makes it`;
}

/** The containers that a process has made and not removed: those that wait for a run, too. Default: this process. */
export async function containersOf(pid: number = process.pid): Promise<readonly string[]> {
  const format = `{{.ID}} {{.Label "${OWNER_LABEL}"}}`;
  const listed = await docker(['ps', '--all', '--filter', `label=${OWNER_LABEL}`, '--format', format]);
  if (listed === null) throw new Error('The engine does not answer.');
  return listed.split('\n').flatMap((line) => {
    const [id, owner] = line.split(' ');
    return id !== undefined && owner !== undefined && parseOwner(owner)?.pid === pid ? [id] : [];
  });
}
