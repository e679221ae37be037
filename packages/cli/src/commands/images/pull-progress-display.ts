import type { LocalizedText } from '@cloche/core/executor';
import type { ImagePullProgress } from '@cloche/executor-docker';
import { displayWidth } from '../../output/display-width.ts';
import { formatBytes } from '../../output/format-quantity.ts';
import { printable } from '../../output/printable.ts';
import { standardError } from '../../output/standard-streams.ts';
import type { CommandContext } from '../../program/command-context.ts';

const REDRAW_MS = 100;
const LINE_MS = 5000;
const USUAL_COLUMNS = 80;
const CLEAR_LINE = '\r\u001B[K';

/** How far a pull is, on stderr: one line that is drawn again on a terminal, a line now and then elsewhere. */
export class PullProgressDisplay {
  readonly #context: CommandContext;
  readonly #stream = standardError();
  #reference: string | null = null;
  #shownAtMs = 0;
  #isLineOpen = false;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  show(progress: ImagePullProgress): void {
    const now = performance.now();
    const isNew = progress.reference !== this.#reference;
    if (!isNew && now - this.#shownAtMs < (this.#stream.isTTY ? REDRAW_MS : LINE_MS)) return;
    this.#reference = progress.reference;
    this.#shownAtMs = now;
    const message = describe(progress);
    if (this.#stream.isTTY) this.#draw(message[this.#context.locale]);
    else this.#context.messages.note(message);
  }

  /** Takes the drawn line away, before anything else is said. */
  clear(): void {
    if (this.#isLineOpen) this.#stream.write(CLEAR_LINE);
    this.#isLineOpen = false;
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

function describe({
  reference,
  layersDone,
  layersTotal,
  bytesDone,
  bytesTotal,
}: ImagePullProgress): LocalizedText {
  const name = printable(reference);
  const done = formatBytes(bytesDone);
  const total = bytesTotal === null ? null : formatBytes(bytesTotal);
  return {
    en: `Pulling ${name}: ${layersDone} of ${layersTotal} layers, ${done}${total === null ? '' : ` of ${total}`}`,
    zh: `正在拉取 ${name}：已完成 ${layersDone}/${layersTotal} 层，${done}${total === null ? '' : ` / ${total}`}`,
  };
}
