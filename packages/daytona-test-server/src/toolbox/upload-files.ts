import { Busboy } from '@fastify/busboy';
import type { IncomingHttpHeaders } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { answerJson, answerNothing } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import { ServiceError } from '../http/service-error.ts';
import type { Machine } from '../machine/machine.ts';
import type { ToolboxSandbox } from './toolbox-sandbox.ts';
import { writeFile } from './write-file.ts';
import type { WrittenFile } from './write-file.ts';

/** One part of a form, in the order of the form. */
type Part =
  | { readonly kind: 'field'; readonly name: string; readonly value: string }
  | { readonly kind: 'file'; readonly name: string; readonly content: Readable };

/** Writes each file of a form with `files[i].path` and `files[i].file`, in the form's order. */
export async function uploadFiles({ machine }: ToolboxSandbox, exchange: Exchange): Promise<Answer> {
  const destinations = new Map<string, string>();
  const files: WrittenFile[] = [];
  const errors: string[] = [];
  const problem = await readParts(exchange, async (part) => {
    if (part.kind === 'field') errors.push(...noteDestination(destinations, part.name, part.value));
    else await storePart(machine, destinations, part, { files, errors });
  });
  if (problem === 'no form') return answerJson({ errors: ['invalid multipart form'] }, 400);
  if (problem !== null) errors.push(`reading part: ${problem}`);
  return errors.length > 0 ? answerJson({ errors, files }, 400) : answerJson({ files });
}

/** Writes the file of a form to the path of the query. */
export async function uploadFile({ machine }: ToolboxSandbox, exchange: Exchange): Promise<Answer> {
  const destination = exchange.query.get('path');
  if (!destination) throw new ServiceError(400, 'path is required', 'BAD_REQUEST');
  const written: (WrittenFile | string)[] = [];
  const problem = await readParts(exchange, async (part) => {
    if (part.kind === 'file') written.push(await writeFile(machine, destination, part.content));
  });
  const failure = problem ?? written.find((result) => typeof result === 'string');
  if (failure !== undefined) throw new ServiceError(400, failure, 'BAD_REQUEST');
  if (written.length === 0) throw new ServiceError(400, 'http: no such file', 'BAD_REQUEST');
  return answerNothing(200);
}

function noteDestination(destinations: Map<string, string>, name: string, value: string): string[] {
  if (!name.endsWith('.path')) return [];
  const destination = value.trim();
  if (destination === '') return [`path[${indexOf(name)}]: empty path`];
  destinations.set(indexOf(name), destination);
  return [];
}

async function storePart(
  machine: Machine,
  destinations: ReadonlyMap<string, string>,
  part: Part & { readonly kind: 'file' },
  results: { readonly files: WrittenFile[]; readonly errors: string[] },
): Promise<void> {
  const destination = part.name.endsWith('.file') ? destinations.get(indexOf(part.name)) : undefined;
  if (destination === undefined) {
    part.content.resume();
    if (part.name.endsWith('.file')) {
      results.errors.push(`file[${indexOf(part.name)}]: missing .path metadata`);
    }
    return;
  }
  const result = await writeFile(machine, destination, part.content);
  if (typeof result === 'string') results.errors.push(result);
  else results.files.push(result);
}

function indexOf(name: string): string {
  return name.replace(/^files\[/, '').replace(/\]\.(?:path|file)$/, '');
}

/**
 * Hands over the parts of a form one after the other.
 *
 * @returns null, or why the form could not be read to its end
 */
async function readParts(exchange: Exchange, take: (part: Part) => Promise<void>): Promise<string | null> {
  const { message } = exchange;
  const contentType = message.headers['content-type'] ?? '';
  if (!/^multipart\/form-data;.*boundary=/i.test(contentType)) {
    message.resume();
    return 'no form';
  }
  const headers = message.headers as IncomingHttpHeaders & { readonly 'content-type': string };
  const limits = { fieldSize: Infinity, files: Infinity, parts: Infinity, fields: Infinity };
  const parser = new Busboy({ headers, limits, preservePath: true });
  let taken = Promise.resolve();
  const enqueue = (part: Part): void => {
    taken = taken.then(() => take(part));
  };
  parser.on('field', (name, value) => enqueue({ kind: 'field', name, value }));
  parser.on('file', (name, stream) => {
    // Its error also ends the parser, which reports it.
    const content = new PassThrough();
    pipeline(stream, content).catch(() => content.destroy());
    content.on('error', () => undefined);
    enqueue({ kind: 'file', name, content });
  });
  const problem = await pipeline(message, parser).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await taken;
  return problem;
}
