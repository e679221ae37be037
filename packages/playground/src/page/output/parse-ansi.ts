import { visibleCharacter } from '../text/visible-text.ts';
import { type AnsiStyle, applyGraphics } from './ansi-style.ts';

export interface AnsiSpan {
  readonly text: string;
  readonly style: AnsiStyle;
}

export interface ParsedLine {
  readonly spans: readonly AnsiSpan[];
  /** How the text behind it begins. */
  readonly style: AnsiStyle;
}

const ESCAPE = '\u001b';
/** Everything that is not shown as it stands. Directional marks would let text pass for another one. */
const SPECIAL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** Colours; other commands to a terminal; addresses and titles; what has two or three characters. */
const SEQUENCE =
  /\u001b\[([0-9;:]{0,64})m|[\u001b]\[[0-?]{0,64}[ -/]{0,8}[@-~]|\u001b[\]PX^_][^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\)?|\u001b[ -/]{0,2}[0-~]/uy;

/** A line of a program's output as pieces of text, with everything in it that is not text made visible or left out. */
export function parseAnsi(line: string, initial: AnsiStyle): ParsedLine {
  const text = shownOf(line);
  if (!SPECIAL.test(text)) return { spans: text === '' ? [] : [{ text, style: initial }], style: initial };
  const spans: AnsiSpan[] = [];
  let style = initial;
  let pending = '';
  const flush = (): void => {
    if (pending !== '') spans.push({ text: pending, style });
    pending = '';
  };
  let index = 0;
  while (index < text.length) {
    const character = text[index] ?? '';
    if (character === ESCAPE) {
      SEQUENCE.lastIndex = index;
      const match = SEQUENCE.exec(text);
      if (match) {
        index += match[0].length;
        if (match[1] === undefined) continue;
        flush();
        style = applyGraphics(style, match[1]);
        continue;
      }
    }
    pending += SPECIAL.test(character) ? visibleCharacter(character) : character;
    index += 1;
  }
  flush();
  return { spans, style };
}

/** The style behind a line, without its spans. */
export function styleAfter(line: string, initial: AnsiStyle): AnsiStyle {
  let style = initial;
  for (const [, parameters] of line.matchAll(/\u001b\[([0-9;:]{0,64})m/gu)) {
    style = applyGraphics(style, parameters ?? '');
  }
  return style;
}

export function plainText(line: string): string {
  return parseAnsi(line, 0)
    .spans.map(({ text }) => text)
    .join('');
}

/** Of a line that returned to its beginning, what stands there at last; colours set before stay. */
function shownOf(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  const returned = text.lastIndexOf('\r');
  if (returned < 0) return text;
  const kept = text.slice(0, returned).match(/\u001b\[[0-9;:]{0,64}m/gu);
  return `${kept?.join('') ?? ''}${text.slice(returned + 1)}`;
}
