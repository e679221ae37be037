import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerEnding } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';

/**
 * - `same`: the pieces told while it arrives are the program.
 * - `replaced`: they are something else, which the whole program replaces, or nothing does.
 * - `none`: nothing is told before the answer has ended.
 */
export type Streaming = 'same' | 'replaced' | 'none';

/** A shape of an answer, and what is to be found in it. */
export interface AnswerFixture {
  readonly name: string;
  readonly wanted: LanguageId | null;
  readonly ending: AnswerEnding;
  readonly answer: string;
  /** `program`, or `missing:` and the reason. */
  readonly expected: string;
  readonly language: string | null;
  readonly code: string | null;
  readonly explanation: string | null;
  readonly streams: Streaming;
}

const DIRECTORY = join(import.meta.dirname, 'fixtures');

export const ANSWER_FIXTURES: readonly AnswerFixture[] = readdirSync(DIRECTORY)
  .toSorted()
  .map((file) => readFixture(file));

function readFixture(file: string): AnswerFixture {
  const text = readFileSync(join(DIRECTORY, file), 'utf8');
  const [head = '', rest = ''] = cut(text, '\n=== answer\n');
  const [answer = '', code = null] = cut(rest, '\n=== code\n');
  const fields = new Map(head.split('\n').map((line) => cut(line, ': ') as [string, string]));
  const wanted = fields.get('wanted') ?? 'none';
  return {
    name: file.replace(/\.txt$/u, ''),
    wanted: wanted === 'none' ? null : (wanted as LanguageId),
    ending: (fields.get('ending') ?? 'stop') as AnswerEnding,
    answer: transformed(answer, fields.get('transform') ?? ''),
    expected: fields.get('expect') ?? '',
    language: fields.get('language') ?? null,
    code,
    explanation: fields.get('explanation') ?? null,
    streams: (fields.get('streams') ?? 'same') as Streaming,
  };
}

/** What a text file would not keep through an editor. */
function transformed(answer: string, transform: string): string {
  if (transform === 'crlf') return answer.replaceAll('\n', '\r\n');
  return transform === 'bom' ? `\uFEFF${answer}` : answer;
}

function cut(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
