import type { FilesDownloadRequest } from '@daytona/toolbox-api-client';
import path from 'node:path';
import { Readable } from 'node:stream';
import { answerJson } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import { readJson } from '../http/exchange.ts';
import type { Exchange } from '../http/exchange.ts';
import { ServiceError } from '../http/service-error.ts';
import type { Machine } from '../machine/machine.ts';
import { runInMachine } from '../machine/run-in-machine.ts';
import { fileError } from './system-error.ts';
import { toolboxErrorBody } from './toolbox-error-body.ts';
import type { ToolboxSandbox } from './toolbox-sandbox.ts';

const BOUNDARY = 'DAYTONA-FILE-BOUNDARY';

/** Answers with a form that has a part for each file, in the order of the request: its bytes, or why there are none. */
export async function downloadFiles({ machine }: ToolboxSandbox, exchange: Exchange): Promise<Answer> {
  const body = (await readJson(exchange).catch(() => undefined)) as Partial<FilesDownloadRequest> | undefined;
  if (!body || !Array.isArray(body.paths) || body.paths.length === 0) {
    return answerJson({ error: 'request body must be {"paths": [ ... ]} and non-empty' }, 400);
  }
  const stream = Readable.from(partsOf(machine, body.paths, exchange.method));
  const contentType = `multipart/form-data; boundary=${BOUNDARY}`;
  return { status: 200, body: { kind: 'stream', stream, contentType } };
}

export async function downloadFile({ machine }: ToolboxSandbox, exchange: Exchange): Promise<Answer> {
  const content = await readFile(machine, exchange.query.get('path') ?? '');
  return {
    status: 200,
    headers: { 'Content-Description': 'File Transfer', 'Content-Transfer-Encoding': 'binary' },
    body: { kind: 'stream', stream: Readable.from([content]), contentType: 'application/octet-stream' },
  };
}

async function* partsOf(
  machine: Machine,
  paths: readonly string[],
  method: string,
): AsyncGenerator<Buffer | string> {
  for (const [index, file] of paths.entries()) {
    const start = `${index === 0 ? '' : '\r\n'}--${BOUNDARY}\r\n`;
    try {
      const content = await readFile(machine, file);
      yield `${start}${headersOf('file', file, 'application/octet-stream', content.byteLength)}`;
      yield content;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      yield `${start}${headersOf('error', file, 'application/json; charset=utf-8')}`;
      yield JSON.stringify(toolboxErrorBody(error, method, file));
    }
  }
  yield `\r\n--${BOUNDARY}--\r\n`;
}

function headersOf(name: string, file: string, contentType: string, length?: number): string {
  const plainName = file.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/[^\x20-\x7E]/g, '_');
  const lines = [
    `Content-Disposition: form-data; name="${name}"; filename="${plainName}"; filename*=utf-8''${encodeURIComponent(file)}`,
    ...(length === undefined ? [] : [`Content-Length: ${length}`]),
    `Content-Type: ${contentType}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** @throws ServiceError where there is no such file, or it may not be read */
async function readFile(machine: Machine, file: string): Promise<Buffer> {
  if (file === '') throw new ServiceError(400, 'invalid file path: path is empty', 'INVALID_FILE_PATH');
  const target = file.startsWith('/') ? file : path.posix.join('.', file);
  const { exitCode, stdout, stderr } = await runInMachine(machine, ['/usr/bin/cat', '--', target]);
  if (exitCode === 0) return stdout;
  const error = fileError('open', file, stderr);
  if (error.status === 404) throw new ServiceError(404, `file not found: ${file}`, 'FILE_NOT_FOUND');
  if (error.status === 403) throw new ServiceError(403, `permission denied: ${file}`, 'FILE_ACCESS_DENIED');
  if (error.message.endsWith('is a directory')) {
    const message = `invalid file path: path points to a directory: ${file}`;
    throw new ServiceError(400, message, 'INVALID_FILE_PATH');
  }
  throw new ServiceError(500, `failed to open file: ${error.message}`, 'FILE_READ_FAILED');
}
