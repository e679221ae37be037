import { FenceScanner } from './fence-scanner.ts';
import { withoutReasoning } from './reasoning-filter.ts';

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
  const said = withoutReasoning(before);
  const goesOn = (text: string): ReturnType<typeof seam> => ({ text, isRestart: false });
  const restart = { text: after, isRestart: true };
  if (said.trimStart().startsWith('{')) {
    return /^\s*(?:`{3}\w*\s*)?\{\s*"(?:code|language|program|explanation)"/u.test(after)
      ? restart
      : goesOn(after);
  }
  const begun = programBegun(said);
  if (begun === null) return goesOn(after);
  const reopened = reopenedAt(after);
  const rest = after.slice(reopened);
  if (beginsAlike(begun, rest)) return restart;
  return goesOn(rest.slice(overlap(said, rest)));
}

/** The lines of the block that is open at the end. Null: none is. */
function programBegun(said: string): readonly string[] | null {
  const scanner = new FenceScanner();
  for (const line of said.replaceAll('\r\n', '\n').split('\n')) scanner.line(line);
  return scanner.current === null ? null : (scanner.finish().at(-1)?.lines ?? null);
}

/** Where the program goes on, behind a fence that was opened anew; 0 where none was. */
function reopenedAt(after: string): number {
  const opening = /^(?<before>(?:[^\n]*\n){0,2})[ \t]*(?:`{3,}|~{3,})[ \t]*[\w+#.-]+[ \t]*\r?\n/u.exec(after);
  if (opening === null) return 0;
  const before = opening.groups?.['before'] ?? '';
  // Behind a bare fence it is another block.
  return /^[ \t]*(?:`{3,}|~{3,})/mu.test(before) ? 0 : opening[0].length;
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
