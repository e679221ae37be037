import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const playground = join(import.meta.dirname, '../packages/playground');

/**
 * Builds the playground's page into a directory of the command that serves it.
 *
 * @param directory absolute; emptied before
 */
export async function buildPage(directory: string): Promise<void> {
  const vite = join(playground, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', directory], { cwd: playground });
}
