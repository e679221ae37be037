import { fitHead } from './fit-text.ts';
import { CONTINUATION_BYTES, continuationLength } from './whole-characters.ts';

/** Something to read from: what is kept of a stream, or an artifact. */
export interface PageSource {
  readonly keptBytes: number;
  /** Whether more may come. */
  readonly isGrowing: boolean;
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface OutputPage {
  readonly text: string;
  /** Where the text begins: behind a character that `offset` pointed into. */
  readonly offset: number;
  readonly nextOffset: number;
  readonly isEnd: boolean;
}

export interface PageRequest {
  readonly offset: number;
  readonly limitBytes: number;
  /** As JSON has them. */
  readonly characters: number;
}

/** A part of a text, of whole characters. Pages that follow each other by `nextOffset` lose nothing. */
export async function outputPage(source: PageSource, request: PageRequest): Promise<OutputPage> {
  const { keptBytes } = source;
  const from = Math.min(request.offset, keptBytes);
  const before = Math.min(CONTINUATION_BYTES, from);
  const bytes = await source.read(from - before, before + request.limitBytes);
  const page = bytes.subarray(before);
  const skipped = continuationLength(bytes.subarray(0, before), page);
  const body = page.subarray(skipped);
  const reachesEnd = from + page.length >= keptBytes;
  // A page too small for one character still gets on, by showing it as damage.
  const fitted = fitHead(body, request.characters, reachesEnd && !source.isGrowing);
  const isStuck = fitted.byteCount === 0 && body.length > 0 && !(reachesEnd && source.isGrowing);
  const { text, byteCount } = isStuck ? fitHead(body, request.characters, true) : fitted;
  const offset = from + skipped;
  const nextOffset = offset + byteCount;
  return { text, offset, nextOffset, isEnd: nextOffset >= keptBytes && !source.isGrowing };
}
