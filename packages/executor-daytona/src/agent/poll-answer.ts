import { CHUNK_BYTES } from './agent-script.ts';
import type { StreamName } from './poll-command.ts';
import { CHUNKS_PER_ANSWER, STREAMS } from './poll-command.ts';

/** Consecutive chunks of one stream. */
export interface StreamChunks {
  readonly stream: StreamName;
  readonly first: number;
  /** The number of the chunk after the last. */
  readonly next: number;
  readonly data: Buffer;
}

export interface PollAnswer {
  readonly chunks: readonly StreamChunks[];
  /**
   * - `more`: the job goes on.
   * - `cut`: there is more to tell than one answer holds.
   * - `done`: everything was told.
   * - `gone`: its agent was ended.
   * - `lost`: the sandbox knows nothing of the job.
   */
  readonly ending: 'more' | 'cut' | 'done' | 'gone' | 'lost';
}

const ENDINGS: Readonly<Record<string, PollAnswer['ending']>> = {
  E: 'more',
  cut: 'cut',
  done: 'done',
  gone: 'gone',
  lost: 'lost',
};
const CHUNK = /^D (?<stream>\w+) (?<first>\d{1,9}) (?<next>\d{1,9}) (?<base64>[A-Za-z0-9+/]*={0,2})$/u;

/** Null where the text is no whole answer. */
export function parsePollAnswer(text: string): PollAnswer | null {
  const lines = text.split('\n').filter((line) => line !== '');
  const last = lines.pop() ?? '';
  const ending = Object.hasOwn(ENDINGS, last) ? ENDINGS[last] : undefined;
  if (ending === undefined) return null;
  const chunks: StreamChunks[] = [];
  for (const line of lines) {
    const groups = CHUNK.exec(line)?.groups;
    // What a shell of the sandbox says beside it (a profile's greeting, a warning) is not ours.
    if (groups === undefined) continue;
    const stream = STREAMS.find((name) => name === groups['stream']);
    const first = Number(groups['first']);
    const next = Number(groups['next']);
    const data = Buffer.from(groups['base64'] ?? '', 'base64');
    const isWithinBounds =
      next > first && next - first <= CHUNKS_PER_ANSWER && data.length <= (next - first) * CHUNK_BYTES;
    if (stream === undefined || !isWithinBounds) return null;
    chunks.push({ stream, first, next, data });
  }
  return { chunks, ending };
}
