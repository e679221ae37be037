import type { LocalizedText } from '@cloche/core/executor';
import { displayWidth } from './display-width.ts';
import type { MessageWriter } from './message-writer.ts';
import { standardError } from './standard-streams.ts';

const REDRAW_MS = 100;
const LINE_MS = 5000;
const USUAL_COLUMNS = 80;
const CLEAR_LINE = '\r\u001B[K';

/** How far something is, on stderr: one line that is drawn again on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #messages: MessageWriter;
  readonly #stream = standardError();
  #subject: string | null = null;
  #shownAtMs = 0;
  #isLineOpen = false;

  constructor(messages: MessageWriter) {
    this.#messages = messages;
  }

  /** @param subject a new one is shown at once, the same one not too often */
  show(subject: string, message: LocalizedText): void {
    const now = performance.now();
    const isNew = subject !== this.#subject;
    if (!isNew && now - this.#shownAtMs < (this.#stream.isTTY ? REDRAW_MS : LINE_MS)) return;
    this.#subject = subject;
    this.#shownAtMs = now;
    if (this.#stream.isTTY) this.#draw(message[this.#messages.locale]);
    else this.#messages.note(message);
  }

  /** Takes the drawn line away, before anything else is said. */
  clear(): void {
    if (this.#isLineOpen) this.#stream.write(CLEAR_LINE);
    this.#isLineOpen = false;
    this.#subject = null;
  }

  #draw(text: string): void {
    // A terminal that does not know its width says 0; a full last column would begin a new line.
    const columns = (this.#stream.columns || USUAL_COLUMNS) - 1;
    let line = '';
    for (const character of text) {
      if (displayWidth(line + character) > columns) break;
      line += character;
    }
    this.#stream.write(CLEAR_LINE + line);
    this.#isLineOpen = true;
  }
}
