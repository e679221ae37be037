import type { FileInfo } from '@daytona/toolbox-api-client';
import type { Machine } from '../machine/machine.ts';
import { runInMachine } from '../machine/run-in-machine.ts';
import { fileError } from './system-error.ts';

const FORMAT = '%s\\t%A\\t%a\\t%u\\t%g\\t%.9Y\\t%n';

/**
 * Describes files, following links.
 *
 * @throws ServiceError where one of them cannot be looked at
 */
export async function describeFiles(machine: Machine, paths: readonly string[]): Promise<FileInfo[]> {
  const command = ['/usr/bin/stat', '--dereference', `--printf=${FORMAT}\\0`, '--', ...paths];
  const { exitCode, stdout, stderr } = await runInMachine(machine, command);
  if (exitCode !== 0) throw fileError('stat', paths[0] ?? '', stderr);
  return stdout.toString('utf8').split('\0').slice(0, -1).map(parseFile);
}

function parseFile(line: string): FileInfo {
  const [size, mode = '', permissions = '', owner = '', group = '', seconds, ...name] = line.split('\t');
  const path = name.join('\t');
  const modifiedAt = new Date(Number(seconds) * 1000);
  const isDirectory = mode.startsWith('d');
  return {
    name: path.split('/').findLast((segment) => segment !== '') ?? '/',
    path,
    size: Number(size),
    mode,
    permissions: permissions.padStart(4, '0'),
    isDir: isDirectory,
    owner,
    group,
    modTime: modifiedAt.toISOString().replace('T', ' ').replace('Z', ' +0000 UTC'),
    modifiedAt: modifiedAt.toISOString(),
  };
}
