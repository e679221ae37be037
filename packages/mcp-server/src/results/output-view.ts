import type { Run } from '../runs/run.ts';
import type { StreamName } from '../runs/stream-name.ts';
import { runUri } from '../resources/run-uri.ts';
import { fitHead, fitTail } from './fit-text.ts';
import { jsonLength } from './json-length.ts';
import { completeLength, CONTINUATION_BYTES, continuationLength, decodeUtf8 } from './whole-characters.ts';

/** What an answer shows of a stream. */
export interface OutputView {
  readonly text: string;
  /** What was written, shown or not. */
  readonly byteCount: number;
  readonly isTruncated: boolean;
}

const LONGEST_CHARACTER_BYTES = 4;
/** Of the mark in the middle. */
const MARK_CHARACTERS = 220;
const HEAD_SHARE = 0.6;

/** How many characters of JSON the whole stream would take; where that is more than `limit`, any number above it. */
export async function streamLength(run: Run, name: StreamName, limit: number): Promise<number> {
  const stream = run.streams[name];
  if (stream.byteCount > limit * LONGEST_CHARACTER_BYTES) return limit + 1;
  return jsonLength(decodeUtf8(await stream.read(0, stream.byteCount)));
}

/** The whole stream where it fits, its beginning and its end otherwise. */
export async function viewOutput(run: Run, name: StreamName, characters: number): Promise<OutputView> {
  const stream = run.streams[name];
  const { byteCount, keptBytes } = stream;
  const window = characters * LONGEST_CHARACTER_BYTES;
  const beginning = await stream.read(0, Math.min(byteCount, window));
  const isWhole = beginning.length === byteCount;
  if (isWhole) {
    const end = run.state === 'running' ? completeLength(beginning) : byteCount;
    const text = decodeUtf8(beginning.subarray(0, end));
    if (jsonLength(text) <= characters) return { text, byteCount, isTruncated: false };
  }
  const room = Math.max(0, characters - MARK_CHARACTERS);
  const head = fitHead(beginning, Math.floor(room * HEAD_SHARE), isWhole);
  // Head and tail do not overlap: what is left after the head is all that the tail may show.
  const behindBytes = Math.min(window + CONTINUATION_BYTES, byteCount - head.byteCount);
  // At a fixed place where that is kept, since a running program writes on meanwhile.
  const behind = await (byteCount === keptBytes
    ? stream.read(byteCount - behindBytes, behindBytes)
    : stream.tail(behindBytes));
  const start = isWhole
    ? 0
    : continuationLength(behind.subarray(0, CONTINUATION_BYTES), behind.subarray(CONTINUATION_BYTES));
  const tailBytes = isWhole ? behind : behind.subarray(Math.min(behind.length, CONTINUATION_BYTES) + start);
  const tail = fitTail(tailBytes, room - jsonLength(head.text));
  const missing = byteCount - head.byteCount - tail.byteCount;
  const rest = byteCount === keptBytes ? '' : ` (only the first ${keptBytes} bytes are kept)`;
  const mark = `[... ${missing} bytes left out${rest}: read_output with stream "${name}" and offset ${head.byteCount}, or ${runUri(run.id, name)} ...]`;
  return { text: `${head.text}\n${mark}\n${tail.text}`, byteCount, isTruncated: true };
}
