import type { AnsiStyle } from './ansi-style.ts';
import { LineBlock, type OutputLine, STREAMS, type StreamName } from './line-block.ts';
import { styleAfter } from './parse-ansi.ts';

export interface LineStoreLimits {
  readonly characters: number;
  readonly lines: number;
  /** A line that is longer goes on in the next one. */
  readonly lineCharacters: number;
}

const DEFAULT_LIMITS: LineStoreLimits = {
  characters: 64 * 1024 * 1024,
  lines: 2_000_000,
  lineCharacters: 4096,
};
const OVERWRITTEN_CHARACTERS = 512;

/**
 * What a program printed, by line, in bounded memory: beyond the limits the oldest lines are let go. Lines are numbered
 * from 0 on, and keep their numbers. A line belongs to one stream, and has its place from its end on.
 */
export class LineStore {
  readonly #limits: LineStoreLimits;
  #blocks: LineBlock[] = [];
  #characters = 0;
  #nextLine = 0;
  #open: Record<StreamName, string> = { stdout: '', stderr: '' };
  #styles: Record<StreamName, AnsiStyle> = { stdout: 0, stderr: 0 };
  #version = 0;
  readonly #listeners = new Set<() => void>();

  constructor(limits: Partial<LineStoreLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Changes with each change. */
  get version(): number {
    return this.#version;
  }

  /** The oldest line that is still there. */
  get firstLine(): number {
    return this.#blocks[0]?.firstLine ?? this.#nextLine;
  }

  /** One more than the number of the newest line; lines that have not ended yet are counted. */
  get endLine(): number {
    return this.#nextLine + this.#openStreams().length;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  append(stream: StreamName, text: string): void {
    if (text === '') return;
    const all = this.#open[stream] + text;
    let start = 0;
    for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', start)) {
      this.#commit(stream, all.slice(start, end));
      start = end + 1;
    }
    let rest = withoutOverwritten(start === 0 ? all : all.slice(start));
    while (rest.length > this.#limits.lineCharacters) {
      this.#commitPiece(stream, rest.slice(0, this.#limits.lineCharacters));
      rest = rest.slice(this.#limits.lineCharacters);
    }
    this.#open[stream] = rest;
    this.#trim();
    this.#changed();
  }

  /** Lines without an end get one: what follows belongs to something else. */
  endLines(): void {
    for (const stream of this.#openStreams()) {
      this.#commit(stream, this.#open[stream]);
      this.#open[stream] = '';
    }
    this.#styles = { stdout: 0, stderr: 0 };
    this.#changed();
  }

  clear(): void {
    this.#blocks = [];
    this.#characters = 0;
    this.#nextLine = 0;
    this.#open = { stdout: '', stderr: '' };
    this.#styles = { stdout: 0, stderr: 0 };
    this.#changed();
  }

  /** Null where there is none of this number, or none any more. */
  line(number: number): OutputLine | null {
    if (number >= this.#nextLine) {
      const stream = this.#openStreams()[number - this.#nextLine];
      return stream === undefined ? null : { stream, text: this.#open[stream], style: this.#styles[stream] };
    }
    const block = this.#blockOf(number);
    return block?.line(number - block.firstLine) ?? null;
  }

  *lines(): Generator<OutputLine, void> {
    for (let number = this.firstLine; number < this.endLine; number += 1) {
      const line = this.line(number);
      if (line) yield line;
    }
  }

  #openStreams(): StreamName[] {
    return STREAMS.filter((stream) => this.#open[stream] !== '');
  }

  #commit(stream: StreamName, line: string): void {
    const { lineCharacters } = this.#limits;
    for (let start = 0; start === 0 || start < line.length; start += lineCharacters) {
      this.#commitPiece(
        stream,
        line.length <= lineCharacters ? line : line.slice(start, start + lineCharacters),
      );
    }
  }

  #commitPiece(stream: StreamName, line: string): void {
    let block = this.#blocks.at(-1);
    if (!block || block.isFull) {
      block?.close();
      block = new LineBlock(this.#nextLine);
      this.#blocks.push(block);
    }
    const style = this.#styles[stream];
    block.add({ stream, text: line, style });
    this.#characters += line.length;
    this.#nextLine += 1;
    if (line.includes('\u001b')) this.#styles[stream] = styleAfter(line, style);
  }

  #trim(): void {
    while (
      this.#blocks.length > 1 &&
      (this.#characters > this.#limits.characters || this.#nextLine - this.firstLine > this.#limits.lines)
    ) {
      this.#characters -= this.#blocks.shift()?.characters ?? 0;
    }
  }

  #blockOf(number: number): LineBlock | null {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#blocks[middle]?.firstLine ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    const block = this.#blocks[low];
    return block && number >= block.firstLine ? block : null;
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** A progress bar returns to the beginning of its line for as long as it runs: what it wrote over is let go. */
function withoutOverwritten(text: string): string {
  if (text.length < OVERWRITTEN_CHARACTERS) return text;
  const returned = text.lastIndexOf('\r', text.length - 2);
  return returned < 0 ? text : text.slice(returned);
}
