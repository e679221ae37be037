import type { OutputStream } from './frame-demultiplexer.ts';
import { MarkerScanner } from './marker-scanner.ts';

const LINE_FEED = 0x0a;
/** What a container says of itself is short; more than this is not the agent's. */
const MAXIMUM_LINES_BYTES = 256 * 1024;

export interface DialogueListener {
  /** The agent waits for a job. */
  readonly onGreeting: (lines: readonly string[]) => void;
  readonly onOutput: (stream: OutputStream, data: Buffer) => void;
  /** The program has ended, and everything that it wrote has been handed on. */
  readonly onEnding: (lines: readonly string[]) => void;
  readonly onFiles: (chunk: Buffer) => void;
  /** The agent has told everything. */
  readonly onDone: () => void;
}

type State = 'greeting' | 'output' | 'ending' | 'files' | 'done';

/**
 * Follows what a container writes: on stdout the agent's greeting, the program's output up to the marker, how it
 * ended, its files, and the marker once more; on stderr the program's output up to the marker.
 */
export class AgentDialogue {
  readonly #listener: DialogueListener;
  readonly #marker: Buffer;
  #state: State = 'greeting';
  #lines: Buffer = Buffer.alloc(0);
  #scanner: MarkerScanner;
  readonly #stderrScanner: MarkerScanner;
  #isStderrOver = false;
  #ending: readonly string[] | null = null;

  constructor(marker: string, listener: DialogueListener) {
    this.#listener = listener;
    this.#marker = Buffer.from(marker);
    this.#scanner = new MarkerScanner(this.#marker);
    this.#stderrScanner = new MarkerScanner(this.#marker);
  }

  get isDone(): boolean {
    return this.#state === 'done' && this.#isStderrOver;
  }

  push(stream: OutputStream, chunk: Buffer): void {
    if (stream === 'stderr') this.#pushStderr(chunk);
    else this.#pushStdout(chunk);
  }

  /** The stream has ended: what was held back is output too. */
  end(): void {
    if (this.#state === 'output') this.#output('stdout', this.#scanner.flush());
    if (!this.#isStderrOver) this.#output('stderr', this.#stderrScanner.flush());
  }

  #pushStderr(chunk: Buffer): void {
    if (this.#isStderrOver) return;
    const { before, after } = this.#stderrScanner.push(chunk);
    this.#output('stderr', before);
    if (after === null) return;
    this.#isStderrOver = true;
    this.#tellEnding();
    if (this.#state === 'done') this.#listener.onDone();
  }

  #pushStdout(chunk: Buffer): void {
    let rest: Buffer | null = chunk;
    while (rest !== null && rest.length > 0) rest = this.#step(rest);
  }

  /** @returns what belongs to the next state, or null */
  #step(chunk: Buffer): Buffer | null {
    switch (this.#state) {
      case 'greeting':
        return this.#readLines(
          chunk,
          (line) => line.startsWith('ready'),
          (lines) => {
            this.#state = 'output';
            this.#listener.onGreeting(lines);
          },
        );
      case 'output': {
        const { before, after } = this.#scanner.push(chunk);
        this.#output('stdout', before);
        if (after !== null) this.#state = 'ending';
        return after;
      }
      case 'ending':
        return this.#readLines(
          chunk,
          (line) => line.startsWith('files'),
          (lines) => {
            this.#state = 'files';
            this.#scanner = new MarkerScanner(this.#marker);
            this.#ending = lines;
            this.#tellEnding();
          },
        );
      case 'files': {
        const { before, after } = this.#scanner.push(chunk);
        if (before.length > 0) this.#listener.onFiles(before);
        if (after === null) return null;
        this.#state = 'done';
        if (this.#isStderrOver) this.#listener.onDone();
        return null;
      }
      case 'done':
        return null;
    }
  }

  #tellEnding(): void {
    if (this.#ending === null || !this.#isStderrOver) return;
    const lines = this.#ending;
    this.#ending = null;
    this.#listener.onEnding(lines);
  }

  #readLines(
    chunk: Buffer,
    isLast: (line: string) => boolean,
    onLines: (lines: readonly string[]) => void,
  ): Buffer | null {
    const bytes = this.#lines.length === 0 ? chunk : Buffer.concat([this.#lines, chunk]);
    const lines: string[] = [];
    for (let start = 0; ;) {
      const end = bytes.indexOf(LINE_FEED, start);
      if (end < 0) break;
      const line = bytes.toString('latin1', start, end);
      lines.push(line);
      start = end + 1;
      if (!isLast(line)) continue;
      this.#lines = Buffer.alloc(0);
      onLines(lines);
      return bytes.subarray(start);
    }
    this.#lines = Buffer.from(bytes.subarray(-MAXIMUM_LINES_BYTES));
    return null;
  }

  #output(stream: OutputStream, data: Buffer): void {
    if (data.length > 0) this.#listener.onOutput(stream, data);
  }
}
