import type { LanguageSyntax, Span } from './language-syntax.ts';

export type TokenKind = 'plain' | 'keyword' | 'number' | Span['kind'];

/** Puts colours around a piece of code. */
export type Paint = (kind: TokenKind, text: string) => string;

const WORD = /[#@]?[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /\d[\p{L}\p{N}_.]*/uy;
/** Of a literal that the end of what is there may have cut. */
const LONGEST_LITERAL = 12;
/** A longer one is no keyword, however it goes on. */
const LONGEST_WORD = 64;

/**
 * Colours code that arrives in pieces, cut anywhere. A word or a quotation mark at the end of a piece is held back until
 * what follows says what it is.
 */
export class CodeHighlighter {
  readonly #syntax: LanguageSyntax;
  readonly #paint: Paint;
  /** What no colour is decided for. */
  #held = '';
  /** How much of that was shown nevertheless. */
  #shownLength = 0;
  #inside: Span | null = null;
  /** What stood before, null at the beginning. */
  #previous: string | null = null;

  constructor(syntax: LanguageSyntax, paint: Paint) {
    this.#syntax = syntax;
    this.#paint = paint;
  }

  /** What can be shown now. */
  write(piece: string): string {
    this.#held += piece;
    return this.#take(false);
  }

  /** What is held back, as it is: whoever waits sees it before its colour is known. */
  peek(): string {
    const text = this.#held.slice(this.#shownLength);
    this.#shownLength = this.#held.length;
    return text;
  }

  /** The rest. */
  end(): string {
    return this.#take(true);
  }

  #take(isLast: boolean): string {
    let shown = '';
    while (this.#held !== '') {
      const token = this.#inside === null ? this.#nextToken(isLast) : this.#restOf(this.#inside, isLast);
      if (token === null) break;
      shown += this.#show(token.kind, token.length);
    }
    return shown;
  }

  #show(kind: TokenKind, length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    this.#previous = text.at(-1) ?? this.#previous;
    const unseen = text.slice(this.#shownLength);
    this.#shownLength = Math.max(0, this.#shownLength - length);
    // A colour that reaches over the end of a line would be lost in a pager.
    return unseen
      .split('\n')
      .map((line) => (line === '' || kind === 'plain' ? line : this.#paint(kind, line)))
      .join('\n');
  }

  /** Null where it takes more to know. */
  #nextToken(isLast: boolean): { kind: TokenKind; length: number } | null {
    const { spans, keywords, literal } = this.#syntax;
    const rest = this.#held;
    if (literal !== null && rest.startsWith("'")) {
      const length = matchLength(literal, rest);
      if (length > 0) return { kind: 'string', length };
      if (!isLast && rest.length < LONGEST_LITERAL && !rest.includes('\n')) return null;
    }
    const possible = spans.filter((span) => this.#mayBegin(span));
    if (!isLast && possible.some(({ open }) => open.length > rest.length && open.startsWith(rest)))
      return null;
    const span = possible.find(({ open }) => rest.startsWith(open));
    if (span !== undefined) {
      this.#inside = span;
      return { kind: span.kind, length: span.open.length };
    }
    if (!isLast && (rest === '#' || rest === '@')) return null;
    const wordLength = matchLength(WORD, rest);
    const length = wordLength > 0 ? wordLength : matchLength(NUMBER, rest);
    if (length === 0) return { kind: 'plain', length: characterLength(rest) };
    if (length === rest.length && !isLast && length < LONGEST_WORD) return null;
    if (wordLength === 0) return { kind: 'number', length };
    // Half a word in colour would be worse than none.
    const isKeyword = this.#shownLength === 0 && keywords.has(rest.slice(0, length));
    return { kind: isKeyword ? 'keyword' : 'plain', length };
  }

  #mayBegin(span: Span): boolean {
    const isBound = span.kind === 'comment' && this.#syntax.isCommentAtWordStart;
    return !isBound || this.#previous === null || /\s/u.test(this.#previous);
  }

  /** As much of a string or comment as is there. */
  #restOf(span: Span, isLast: boolean): { kind: TokenKind; length: number } | null {
    const rest = this.#held;
    for (let position = 0; position < rest.length; position += 1) {
      if (rest[position] === '\n' && !span.isMultiline) {
        this.#inside = null;
        return { kind: span.kind, length: position };
      }
      if (span.close !== null && rest.startsWith(span.close, position)) {
        this.#inside = null;
        return { kind: span.kind, length: position + span.close.length };
      }
      const isCut =
        (span.close?.startsWith(rest.slice(position)) ?? false) ||
        (span.hasEscapes && rest[position] === '\\' && position + 1 === rest.length);
      if (isCut && !isLast) return position === 0 ? null : { kind: span.kind, length: position };
      if (span.hasEscapes && rest[position] === '\\') position += 1;
    }
    return { kind: span.kind, length: rest.length };
  }
}

function matchLength(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** A character outside of the basic plane is two units, which belong together. */
function characterLength(text: string): number {
  return (text.codePointAt(0) ?? 0) > 0xff_ff ? 2 : 1;
}
