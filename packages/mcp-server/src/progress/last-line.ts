import { clipText } from '../results/clip-text.ts';
import { decodeUtf8 } from '../results/whole-characters.ts';

const LINE_CHARACTERS = 200;
const TAIL_BYTES = 1024;

/** Follows one stream of output for the line that a person is shown, however small the pieces that it comes in. */
export class LastLine {
  #tail: Uint8Array = new Uint8Array(0);

  append(data: Uint8Array): void {
    const tail = Buffer.concat([this.#tail, data.subarray(-TAIL_BYTES)]);
    this.#tail = new Uint8Array(tail.subarray(-TAIL_BYTES));
  }

  /** The last line that is complete, else what there is of the first; empty where there is nothing to see. */
  get text(): string {
    const lines = decodeUtf8(this.#tail).split(/[\r\n]+/u);
    const unfinished = lines.pop() ?? '';
    return clipText((lines.findLast((line) => line.trim() !== '') ?? unfinished).trim(), LINE_CHARACTERS);
  }
}
