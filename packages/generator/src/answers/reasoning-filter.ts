/** How models mark what they think before they answer: where it begins, and where it ends. */
const MARKS: readonly (readonly [opening: string, closing: string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['[THINK]', '[/THINK]'],
  ['<|channel|>analysis<|message|>', '<|channel|>final<|message|>'],
  ['<|channel|>final<|message|>', ''],
];

/** Leaves out the reasoning at the beginning of an answer, piece by piece. */
export class ReasoningFilter {
  /** Blanks, and what comes behind them, as long as it may be a mark. */
  #blanks = '';
  #begun = '';
  #closing: string | null = null;
  #isOver = false;

  /** What of the answer is known to be no reasoning. */
  push(text: string): string {
    if (this.#isOver) return text;
    let rest = text;
    for (;;) {
      if (this.#closing !== null) {
        this.#begun += rest;
        const end = this.#begun.indexOf(this.#closing);
        if (end < 0) {
          // Of thoughts that may be endless, only what may begin the mark of their end is kept.
          this.#begun = this.#closing === '' ? '' : this.#begun.slice(1 - this.#closing.length);
          return '';
        }
        rest = this.#begun.slice(end + this.#closing.length);
        this.#begun = '';
        this.#blanks = '';
        this.#closing = null;
      }
      if (this.#begun === '') {
        const begun = rest.replace(LEADING_BLANKS, '');
        this.#blanks += rest.slice(0, rest.length - begun.length);
        this.#begun = begun;
      } else {
        this.#begun += rest;
      }
      const begun = this.#begun;
      const mark = MARKS.find(([opening]) => begun.startsWith(opening));
      if (mark === undefined) {
        if (MARKS.some(([opening]) => opening.startsWith(begun))) return '';
        return this.#end();
      }
      this.#closing = mark[1];
      rest = begun.slice(mark[0].length);
      this.#begun = '';
    }
  }

  /** What was held back, where the answer ended before it was clear. */
  finish(): string {
    if (this.#isOver || this.#closing !== null) return '';
    return this.#end();
  }

  #end(): string {
    this.#isOver = true;
    const held = this.#blanks + this.#begun;
    this.#blanks = '';
    this.#begun = '';
    return held;
  }
}

const LEADING_BLANKS = /^[\s\uFEFF]+/u;

/** An answer without what the model thought before it. */
export function withoutReasoning(answer: string): string {
  const filter = new ReasoningFilter();
  const rest = filter.push(answer) + filter.finish();
  if (rest.trim() === '') {
    // Some close their thoughts with the answer itself, or never.
    return answer.replace(/^[\s\uFEFF]*(?:<\w+>|\[THINK\])/u, '');
  }
  // The template of some models opens the thoughts outside of what arrives here.
  const lone = /^[ \t]*<\/(?:think|thinking|thought|reasoning)>[ \t]*$/mu.exec(rest);
  return lone === null ? rest : rest.slice(lone.index + lone[0].length);
}
