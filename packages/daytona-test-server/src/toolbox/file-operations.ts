import { answerJson, answerNothing } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import { ServiceError } from '../http/service-error.ts';
import { runInMachine } from '../machine/run-in-machine.ts';
import { describeFiles } from './describe-file.ts';
import { fileError } from './system-error.ts';
import type { ToolboxSandbox } from './toolbox-sandbox.ts';

export async function getFileInfo({ machine }: ToolboxSandbox, { query }: Exchange): Promise<Answer> {
  const [file] = await describeFiles(machine, [requirePath(query)]);
  return answerJson(file);
}

export async function listFiles({ machine }: ToolboxSandbox, { query }: Exchange): Promise<Answer> {
  const directory = query.get('path') ?? '.';
  const depth = query.get('depth') ?? '1';
  const command = ['/usr/bin/find', directory, '-mindepth', '1', '-maxdepth', depth, '-print0'];
  const { exitCode, stdout, stderr } = await runInMachine(machine, command);
  if (exitCode !== 0) throw fileError('open', directory, stderr);
  const paths = stdout.toString('utf8').split('\0').slice(0, -1).toSorted();
  return answerJson(paths.length === 0 ? [] : await describeFiles(machine, paths));
}

export async function deleteFile({ machine }: ToolboxSandbox, { query }: Exchange): Promise<Answer> {
  const path = requirePath(query);
  const isRecursive = query.get('recursive') === 'true';
  const [file] = await describeFiles(machine, [path]);
  if (file?.isDir && !isRecursive) {
    throw new ServiceError(400, 'cannot delete directory without recursive flag', 'BAD_REQUEST');
  }
  const command = ['/usr/bin/rm', ...(isRecursive ? ['-r'] : []), '-f', '--', path];
  const { exitCode, stderr } = await runInMachine(machine, command);
  if (exitCode !== 0) throw fileError('remove', path, stderr);
  return answerNothing(204);
}

export async function createFolder({ machine }: ToolboxSandbox, { query }: Exchange): Promise<Answer> {
  const path = requirePath(query);
  const mode = query.get('mode') ?? '0755';
  if (!/^[0-7]+$/.test(mode)) throw new ServiceError(400, 'invalid mode format', 'BAD_REQUEST');
  const { exitCode, stderr } = await runInMachine(machine, ['/usr/bin/mkdir', '-p', '-m', mode, '--', path]);
  if (exitCode !== 0) throw fileError('mkdir', path, stderr);
  return answerNothing(201);
}

function requirePath(query: URLSearchParams): string {
  const path = query.get('path');
  if (!path) throw new ServiceError(400, 'path is required', 'BAD_REQUEST');
  return path;
}
