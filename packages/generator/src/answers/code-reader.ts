import type { LanguageId } from '@cloche/core/executor';
import { maybeTheProgram } from './choose-block.ts';
import { FenceScanner, withoutIndent } from './fence-scanner.ts';
import { JsonAnswerScanner } from './json-answer-scanner.ts';
import { isJsonTag } from './language-of-tag.ts';
import { ReasoningFilter } from './reasoning-filter.ts';

/**
 * Tells the pieces of an answer's program as the answer arrives: of the first fenced block that may be the program,
 * or of the string that a structured answer keeps it in. A guess about what {@link readAnswer} will find in the whole
 * answer, the same one however the answer is cut into pieces.
 */
export class CodeReader {
  readonly #wanted: LanguageId | null;
  readonly #onCode: (code: string) => void;
  readonly #reasoning = new ReasoningFilter();
  readonly #scanner = new FenceScanner();
  readonly #json: JsonAnswerScanner;
  #shape: 'open' | 'json' | 'fences' = 'open';
  /** The line that has not ended, and how much of it has been told. */
  #line = '';
  #toldOfLine = 0;
  #lineState: 'blank' | 'maybe fence' | 'told' = 'blank';
  /** What of a line that is told waits for the character behind it. */
  #untold = '';
  /** What the block under way is. */
  #block: 'program' | 'json' | 'other' = 'other';
  #hasProgram = false;
  #isReturnHeld = false;
  #endsWithNewline = true;
  #hasCode = false;

  constructor(wanted: LanguageId | null, onCode: (code: string) => void) {
    this.#wanted = wanted;
    this.#onCode = onCode;
    this.#json = new JsonAnswerScanner((text) => {
      this.#hasProgram = true;
      this.#tell(text);
    });
  }

  push(text: string): void {
    this.#read(this.#reasoning.push(text));
  }

  /** The answer has ended. */
  finish(): void {
    this.#read(this.#reasoning.finish());
    if (this.#shape === 'fences' && this.#line !== '') this.#endLine(false);
    if (this.#hasCode && !this.#endsWithNewline) this.#tell('\n');
  }

  #read(text: string): void {
    if (text === '') return;
    if (this.#shape === 'open') {
      const begun = text.replace(/^[\s\uFEFF]+/u, '');
      if (begun === '') return;
      this.#shape = begun.startsWith('{') ? 'json' : 'fences';
      this.#read(begun);
      return;
    }
    if (this.#shape === 'json') {
      this.#json.push(text);
      return;
    }
    const pieces = text.split('\n');
    for (const [index, piece] of pieces.entries()) {
      this.#line += piece;
      if (index < pieces.length - 1) this.#endLine(true);
    }
    this.#tellOfLine(pieces.at(-1) ?? '');
  }

  #endLine(hasNewline: boolean): void {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    const indent = this.#scanner.current?.indent ?? 0;
    const meaning = this.#scanner.line(line);
    if (meaning === 'open') this.#beginBlock();
    else if (meaning === 'code') {
      const shown = withoutIndent(line, indent).slice(this.#toldOfLine);
      this.#tellOfBlock(hasNewline ? `${shown}\n` : shown);
    } else if (meaning === 'close') this.#block = 'other';
    this.#line = '';
    this.#toldOfLine = 0;
    this.#lineState = 'blank';
    this.#untold = '';
  }

  /**
   * What of a line that has not ended is certain to be the program's. Looks at the piece alone: a line may be as long
   * as the whole answer.
   */
  #tellOfLine(piece: string): void {
    const current = this.#scanner.current;
    if (current === null || this.#block === 'other' || piece === '') return;
    if (this.#lineState === 'blank') {
      const begun = piece.trimStart();
      if (begun === '') return;
      // A fence may be on its way, and the blanks before it would be its own.
      this.#lineState = begun.startsWith(current.fenceCharacter) ? 'maybe fence' : 'told';
      this.#untold = withoutIndent(this.#line, current.indent);
    } else {
      this.#untold += piece;
    }
    if (this.#lineState !== 'told') return;
    const certain = this.#untold.endsWith('\r') ? this.#untold.slice(0, -1) : this.#untold;
    this.#tellOfBlock(certain);
    this.#toldOfLine += certain.length;
    this.#untold = this.#untold.slice(certain.length);
  }

  #beginBlock(): void {
    const tag = this.#scanner.current?.tag;
    this.#block = 'other';
    if (tag === undefined || this.#hasProgram) return;
    if (isJsonTag(tag)) this.#block = 'json';
    else if (maybeTheProgram(tag, this.#wanted)) {
      this.#block = 'program';
      this.#hasProgram = true;
    }
  }

  #tellOfBlock(text: string): void {
    if (this.#block === 'json') this.#json.push(text);
    else if (this.#block === 'program') this.#tell(text);
  }

  /** Line ends are told as one kind, as the whole program has them. */
  #tell(text: string): void {
    let shown = this.#isReturnHeld ? `\r${text}` : text;
    this.#isReturnHeld = shown.endsWith('\r');
    if (this.#isReturnHeld) shown = shown.slice(0, -1);
    shown = shown.replaceAll('\r\n', '\n');
    if (shown === '') return;
    this.#hasCode = true;
    this.#endsWithNewline = shown.endsWith('\n');
    this.#onCode(shown);
  }
}
