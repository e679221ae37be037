import { StringDecoder } from 'node:string_decoder';
import type { BoundedWork } from './bounded-call.ts';
import { NotAnEngineError } from './engine-failure.ts';

const LINE_CHARACTERS_MAX = 1024 * 1024;

/** The objects of a stream that has one a line. Every piece that arrives lets the time begin again. */
export async function* readJsonLines(
  stream: AsyncIterable<Buffer>,
  bounded: BoundedWork,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    bounded.touch();
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_CHARACTERS_MAX) throw new NotAnEngineError('a line does not end');
    for (const line of lines) {
      if (line.trim() !== '') yield parseLine(line);
    }
  }
  if (rest.trim() !== '') yield parseLine(rest);
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch (error) {
    throw new NotAnEngineError('a line is not JSON', { cause: error });
  }
  throw new NotAnEngineError('a line is not an object');
}
