import type { LanguageId } from '@cloche/core/executor';
import { FenceScanner } from './fence-scanner.ts';
import { readTag } from './language-of-tag.ts';
import { ReasoningFilter } from './reasoning-filter.ts';

/** Lines of a continuation that show how it continues: a sentence, a fence, and the first two of the program. */
const LINES_TO_SEE = 6;
/** A line of a program may be long, and then it is no sentence. */
const CHARACTERS_TO_SEE = 600;
/** Shorter repetitions happen by chance. */
const SHORTEST_OVERLAP = 8;
const LONGEST_OVERLAP = 4000;

/**
 * What continues an answer that was cut. Models do as they are told, or repeat the line that they stood in, open the
 * block anew, say a word before, or begin from the start.
 */
export class Continuation {
  readonly #before: string;
  #held = '';
  #isJoined = false;
  #isRestart = false;
  #joined = '';

  constructor(before: string) {
    this.#before = before;
  }

  /** What of a piece goes on with the text before; nothing as long as that is not clear. */
  push(text: string): string {
    if (this.#isJoined) return this.#append(text);
    this.#held += text;
    const isClear = this.#held.split('\n').length > LINES_TO_SEE || this.#held.length > CHARACTERS_TO_SEE;
    return isClear ? this.#join() : '';
  }

  /** The continuation has ended. */
  finish(): string {
    return this.#isJoined ? '' : this.#join();
  }

  /** The whole answer. */
  get text(): string {
    return this.#isRestart ? this.#joined : this.#before + this.#joined;
  }

  #join(): string {
    this.#isJoined = true;
    const { text, isRestart } = seam(this.#before, this.#held);
    this.#isRestart = isRestart;
    return this.#append(text);
  }

  /** Of an answer that began anew nothing is told: it replaces what was told before. */
  #append(text: string): string {
    this.#joined += text;
    return this.#isRestart ? '' : text;
  }
}

function seam(before: string, after: string): { readonly text: string; readonly isRestart: boolean } {
  const filter = new ReasoningFilter();
  const said = (filter.push(before) + filter.finish()).replaceAll('\r\n', '\n');
  const goesOn = (text: string): ReturnType<typeof seam> => ({ text, isRestart: false });
  const restart = { text: after, isRestart: true };
  if (said.trimStart().startsWith('{')) {
    const isBegun = /"(?:code|program|source|source_code|solution)"\s*:\s*"/u.test(said);
    return isBegun && BEGINS_JSON.test(after) ? restart : goesOn(after);
  }
  const begun = programBegun(said);
  if (begun === null) return goesOn(after);
  const rest = after.slice(reopenedAt(after, begun.language));
  if (beginsAlike(begun.lines, rest)) return restart;
  return goesOn(rest.slice(overlap(said, rest)));
}

const BEGINS_JSON = /^\s*(?:`{3}\w*\s*)?\{\s*"(?:code|language|program|explanation)"/u;

interface BegunProgram {
  readonly lines: readonly string[];
  readonly language: LanguageId | null;
}

/** The block that is open at the end. Null: none is, or it has no line yet. */
function programBegun(said: string): BegunProgram | null {
  const scanner = new FenceScanner();
  for (const line of said.split('\n')) scanner.line(line);
  const { current } = scanner;
  const lines = scanner.finish().at(-1)?.lines ?? [];
  return current === null || lines.length === 0 ? null : { lines, language: current.tag.language };
}

const REOPENED = /^(?<before>(?:[^\n]*\n){0,2})[ \t]*(?:`{3,}|~{3,})[ \t]*(?<info>[\w+#.-]+)[ \t]*\r?\n/u;

/** Where the program goes on, behind a fence of its own language that was opened anew; 0 where none was. */
function reopenedAt(after: string, language: LanguageId | null): number {
  const opening = REOPENED.exec(after);
  const before = opening?.groups?.['before'] ?? '';
  // Behind a bare fence it is another block.
  if (opening === null || /^[ \t]*(?:`{3,}|~{3,})/mu.test(before)) return 0;
  return readTag(opening.groups?.['info'] ?? '').language === language ? opening[0].length : 0;
}

function beginsAlike(begun: readonly string[], rest: string): boolean {
  const first = (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.trimEnd()).filter((line) => line !== '');
  const [one, two] = first(begun.slice(0, -1));
  const [otherOne, otherTwo] = first(rest.split('\n'));
  return one !== undefined && two !== undefined && one === otherOne && two === otherTwo;
}

/** How much of the beginning was said already. */
function overlap(said: string, rest: string): number {
  const line = said.slice(said.lastIndexOf('\n') + 1);
  const isLineRepeated = line.trim().length > 3 && rest.startsWith(line);
  const longest = Math.min(said.length, rest.length, LONGEST_OVERLAP);
  for (let length = longest; length >= SHORTEST_OVERLAP; length -= 1) {
    const repeated = rest.slice(0, length);
    if (said.endsWith(repeated) && new Set(repeated).size >= SHORTEST_OVERLAP / 2) return length;
  }
  if (isLineRepeated) return line.length;
  // Without the blanks that the line begins with.
  const bare = line.trimStart();
  return bare.length > 3 && rest.startsWith(bare) ? bare.length : 0;
}
