import { StringWatch } from './string-watch.ts';
import type { FenceTag } from './language-of-tag.ts';
import { readTag } from './language-of-tag.ts';

/** A fenced block of an answer. */
export interface FencedBlock {
  readonly tag: FenceTag;
  readonly lines: readonly string[];
  /** Where its fence stands among the answer's lines. */
  readonly openedAt: number;
  /** The line after it. */
  readonly endedAt: number;
  /** False where the answer ended first. */
  readonly isClosed: boolean;
}

export type LineMeaning = 'prose' | 'open' | 'code' | 'close';

interface OpenBlock {
  readonly tag: FenceTag;
  readonly fence: string;
  readonly indent: number;
  readonly lines: string[];
  readonly strings: StringWatch;
  readonly openedAt: number;
  /** Fences with a tag inside the block, each of which waits for a bare one. */
  depth: number;
  /** How many lines it had at the first bare fence that was taken for a part of a string. */
  passedOver: number | null;
}

const OPENING = /^(?<indent>[ \t]*)(?<fence>`{3,}(?!`)|~{3,}(?!~))(?<info>[^`]*)$/u;
/** Behind prose on one line, which no Markdown allows and small models write. */
const OPENING_BEHIND_PROSE = /^[^`]*[^\s`][ \t]*(?<fence>`{3})(?<info>[\w+#-]+)$/u;
/** Tokens that end an answer leak out of some servers. */
const BARE_FENCE = /^[ \t]*(?<fence>`{3,}|~{3,})[ \t]*(?:<\|[a-z_]+\|>|<\/s>)?$/u;

/** Tells a fenced block's lines from prose, one line after the other. */
export class FenceScanner {
  readonly #blocks: FencedBlock[] = [];
  #open: OpenBlock | null = null;
  #lineCount = 0;

  /** Takes a line without its end, and says what it was. */
  line(text: string): LineMeaning {
    const at = this.#lineCount;
    this.#lineCount += 1;
    if (this.#open === null) {
      const opened = openedBy(text, at);
      this.#open = opened;
      return opened === null ? 'prose' : 'open';
    }
    if (this.#closes(this.#open, text)) {
      this.#blocks.push({ ...blockOf(this.#open), endedAt: at + 1, isClosed: true });
      this.#open = null;
      return 'close';
    }
    const line = withoutIndent(text, this.#open.indent);
    this.#open.lines.push(line);
    this.#open.strings.line(line);
    return 'code';
  }

  /** The block that the next line belongs to. Null outside. */
  get current(): { readonly tag: FenceTag; readonly indent: number; readonly fenceCharacter: string } | null {
    const open = this.#open;
    if (open === null) return null;
    return { tag: open.tag, indent: open.indent, fenceCharacter: open.fence.charAt(0) };
  }

  /** All blocks of an answer that has ended; the last one may be open. */
  finish(): readonly FencedBlock[] {
    const open = this.#open;
    if (open === null) return this.#blocks;
    const endedAt = this.#lineCount;
    // It was no string after all: where none closed the block, the first bare fence did.
    if (open.passedOver !== null) {
      const lines = open.lines.slice(0, open.passedOver);
      return [
        ...this.#blocks,
        { ...blockOf(open), lines, endedAt: open.openedAt + lines.length + 2, isClosed: true },
      ];
    }
    return [...this.#blocks, { ...blockOf(open), endedAt, isClosed: false }];
  }

  #closes(open: OpenBlock, text: string): boolean {
    const bare = BARE_FENCE.exec(text.trimEnd())?.groups?.['fence'];
    const isLongEnough = (fence: string): boolean =>
      fence.charAt(0) === open.fence.charAt(0) && fence.length >= open.fence.length;
    if (bare !== undefined && isLongEnough(bare)) {
      if (open.depth > 0) {
        open.depth -= 1;
        return false;
      }
      if (open.strings.isInside) {
        open.passedOver ??= open.lines.length;
        return false;
      }
      return true;
    }
    const inner = OPENING.exec(text)?.groups;
    if (inner !== undefined && isLongEnough(inner['fence'] ?? '') && (inner['info'] ?? '').trim() !== '') {
      open.depth += 1;
    }
    return false;
  }
}

function blockOf({ tag, lines, openedAt }: OpenBlock): Pick<FencedBlock, 'tag' | 'lines' | 'openedAt'> {
  return { tag, lines, openedAt };
}

function openedBy(text: string, openedAt: number): OpenBlock | null {
  const groups = (OPENING.exec(text) ?? OPENING_BEHIND_PROSE.exec(text))?.groups;
  if (groups === undefined) return null;
  const tag = readTag(groups['info'] ?? '');
  return {
    tag,
    fence: groups['fence'] ?? '```',
    indent: (groups['indent'] ?? '').length,
    lines: [],
    strings: new StringWatch(tag.language),
    openedAt,
    depth: 0,
    passedOver: null,
  };
}

/** What stands as far in as the fence does belongs to the list around both. */
export function withoutIndent(line: string, indent: number): string {
  let start = 0;
  while (start < indent && (line[start] === ' ' || line[start] === '\t')) start += 1;
  return line.slice(start);
}
