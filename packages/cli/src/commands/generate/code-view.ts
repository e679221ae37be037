import type { LanguageId } from '@cloche/core/executor';
import type { ByteSink } from '../../output/byte-sink.ts';
import { CodeHighlighter } from '../../output/highlight/code-highlighter.ts';
import type { Paint } from '../../output/highlight/code-highlighter.ts';
import { guessLanguage } from '../../output/highlight/guess-language.ts';
import { LANGUAGE_SYNTAXES } from '../../output/highlight/language-syntax.ts';
import { printableCode } from '../../output/printable-code.ts';

/** A word whose end has not come yet is shown after this, whatever its colour will be. */
const PATIENCE_MS = 8;
/** Characters of a program that a language is guessed by. */
const LOOKED_AT = 8192;

/** Shows a program while it is written. */
export class CodeView {
  readonly #sink: ByteSink;
  readonly #paint: Paint | null;
  /** What was written so far. */
  #text = '';
  /** Of that, what its language shows in. */
  #beginning = '';
  #isAtLineStart = true;
  /** Whether the language was guessed by all that it is guessed by. */
  #isGuessed = false;
  #language: LanguageId | null = null;
  #highlighter: CodeHighlighter | null = null;
  #isColoured = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param paint null: without colours */
  constructor(sink: ByteSink, paint: Paint | null) {
    this.#sink = sink;
    this.#paint = paint;
  }

  /** A new program begins. */
  begin(language: LanguageId | null): void {
    clearTimeout(this.#timer);
    this.#isColoured = false;
    this.#text = '';
    this.#beginning = '';
    this.#isAtLineStart = true;
    this.#isGuessed = false;
    this.#language = language;
    this.#highlighter = null;
  }

  async write(piece: string): Promise<void> {
    clearTimeout(this.#timer);
    const isAtLineStart = this.#isAtLineStart;
    const lineStart = isAtLineStart ? 0 : piece.indexOf('\n') + 1;
    this.#text += piece;
    if (this.#beginning.length < LOOKED_AT) this.#beginning += piece.slice(0, LOOKED_AT);
    if (piece !== '') this.#isAtLineStart = piece.endsWith('\n');
    // Colours begin with a line, since nobody knows what the one before began.
    if (isAtLineStart || lineStart > 0) this.#chooseColours();
    const highlighter = this.#highlighter;
    if (highlighter === null) return this.#sink.write(printableCode(piece));
    const plain = this.#isColoured ? '' : piece.slice(0, lineStart);
    this.#isColoured = true;
    const coloured = highlighter.write(printableCode(piece.slice(plain.length)));
    await this.#sink.write(printableCode(plain) + coloured);
    this.#timer = setTimeout(() => void this.#sink.write(highlighter.peek()), PATIENCE_MS);
  }

  /** The program is whole. Where it is not what was shown, it is shown again. */
  async end(code: string, language: LanguageId): Promise<void> {
    await this.stop();
    if (this.#text.trimEnd() === code.trimEnd()) return;
    this.begin(language);
    await this.write(code);
    await this.stop();
  }

  /** Nothing more comes, whole or not. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const rest = this.#highlighter?.end() ?? '';
    await this.#sink.write(rest);
    if (!this.#isAtLineStart) await this.#sink.write('\n');
    this.#highlighter = null;
  }

  #chooseColours(): void {
    if (this.#paint === null || this.#highlighter !== null) return;
    // What has not shown by then is not looked for at each line to come.
    if (this.#language === null && this.#isGuessed) return;
    const language = this.#language ?? guessLanguage(this.#beginning);
    this.#isGuessed = this.#beginning.length >= LOOKED_AT;
    if (language !== null) this.#highlighter = new CodeHighlighter(LANGUAGE_SYNTAXES[language], this.#paint);
  }
}
