import type { AnsiStyle } from './ansi-style.ts';

export const STREAMS = ['stdout', 'stderr'] as const;
export type StreamName = (typeof STREAMS)[number];

export interface OutputLine {
  readonly stream: StreamName;
  readonly text: string;
  /** How it begins. */
  readonly style: AnsiStyle;
}

const FULL = 64 * 1024;

/** Lines as one piece of text: an object for each of a million would be most of the memory. */
export class LineBlock {
  readonly firstLine: number;
  /** Until it is closed: text that grows line by line is kept by browsers in as many pieces as it has lines. */
  #lines: string[] | null = [];
  #text = '';
  #characters = 0;
  /** Of each line: where it begins, twice, plus one for stderr. */
  readonly #starts: number[] = [];
  /** Null: every line begins plain. */
  #styles: AnsiStyle[] | null = null;

  constructor(firstLine: number) {
    this.firstLine = firstLine;
  }

  get characters(): number {
    return this.#characters;
  }

  get isFull(): boolean {
    return this.#characters >= FULL || this.#starts.length >= FULL;
  }

  /** Not after it was closed. */
  add({ stream, text, style }: OutputLine): void {
    if (style !== 0) this.#styles ??= this.#starts.map(() => 0);
    this.#styles?.push(style);
    this.#starts.push(this.#characters * 2 + (stream === 'stderr' ? 1 : 0));
    this.#lines?.push(text);
    this.#characters += text.length;
  }

  /** Joining copies: nothing of the larger texts that its lines were cut out of is held any longer. */
  close(): void {
    this.#text = this.#lines?.join('') ?? this.#text;
    this.#lines = null;
  }

  /** @param index from 0 on, of one that is there */
  line(index: number): OutputLine {
    const start = this.#starts[index] ?? 0;
    const next = this.#starts[index + 1];
    const end = next === undefined ? this.#characters : next >> 1;
    return {
      stream: (start & 1) === 1 ? 'stderr' : 'stdout',
      text: this.#lines ? (this.#lines[index] ?? '') : this.#text.slice(start >> 1, end),
      style: this.#styles?.[index] ?? 0,
    };
  }
}
