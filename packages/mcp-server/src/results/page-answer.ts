import type { CallToolResult } from '@modelcontextprotocol/server';
import { runUri } from '../resources/run-uri.ts';
import type { Run } from '../runs/run.ts';
import type { StreamName } from '../runs/stream-name.ts';
import { STREAM_NAMES } from '../runs/stream-name.ts';
import type { AnswerOptions } from './answer-options.ts';
import { artifactContent } from './artifact-content.ts';
import { outputPage } from './output-page.ts';
import { renderFacts } from './render-facts.ts';
import { ANSWER_CHARACTERS, FRAME_CHARACTERS } from './run-answer.ts';
import { runFacts } from './run-facts.ts';

export interface PageRange {
  readonly offset: number;
  readonly limitBytes: number;
}

/** One page of a stream, with everything else that is known of the run. */
export async function pageAnswer(
  run: Run,
  name: StreamName,
  { offset, limitBytes }: PageRange,
  options: AnswerOptions,
): Promise<CallToolResult> {
  const stream = run.streams[name];
  const isRunning = run.state === 'running';
  const facts = runFacts(run, options.locale);
  const rendered = renderFacts(facts);
  const taken = Math.max(JSON.stringify(facts).length, rendered.before.length + rendered.after.length);
  const page = await outputPage(
    {
      keptBytes: stream.keptBytes,
      isGrowing: isRunning && stream.keptBytes === stream.byteCount,
      read: (from, length) => stream.read(from, length),
    },
    { offset, limitBytes, characters: ANSWER_CHARACTERS - FRAME_CHARACTERS - taken },
  );
  const lost = stream.byteCount - stream.keptBytes;
  const { status, exit_code, signal, ...rest } = facts;
  const place = `--- ${name}: bytes ${page.offset} to ${page.nextOffset} of ${stream.byteCount}${page.isEnd ? ', the end' : ''} ---`;
  const more = page.isEnd || page.text === '' ? [] : [`go on with offset ${page.nextOffset}`];
  const unkept = lost > 0 ? [`${lost} bytes after the first ${stream.keptBytes} are not kept`] : [];
  const others = otherStreams(run, name);
  const text = [rendered.before, place, page.text, ...more, ...unkept, ...others, rendered.after];
  return {
    content: [
      { type: 'text', text: text.filter((line) => line !== '').join('\n') },
      ...(offset === 0 ? await artifactContent(run, options) : []),
    ],
    structuredContent: {
      status,
      exit_code,
      signal,
      stream: name,
      text: page.text,
      offset: page.offset,
      next_offset: page.nextOffset,
      total_bytes: stream.byteCount,
      kept_bytes: stream.keptBytes,
      eof: page.isEnd,
      stdout_bytes: run.streams.stdout.byteCount,
      stderr_bytes: run.streams.stderr.byteCount,
      uri: runUri(run.id, name),
      ...rest,
    },
  };
}

function otherStreams(run: Run, name: StreamName): string[] {
  return STREAM_NAMES.filter((other) => other !== name && run.streams[other].byteCount > 0).map(
    (other) => `${other}: ${run.streams[other].byteCount} bytes`,
  );
}
