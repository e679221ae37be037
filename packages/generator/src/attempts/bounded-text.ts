import type { CapturedOutput } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';

export interface TextBounds {
  /** Characters of the beginning. */
  readonly head: number;
  /** Characters of the end. */
  readonly tail: number;
}

/** What an output shows to a reader: no colours, nothing that moves a cursor, and no more than is of use. */
export function boundedText(output: CapturedOutput, { head, tail }: TextBounds): string {
  const text = printable(outputText(output)).trim();
  if (text.length <= head + tail) return text;
  // Half of a character is left out.
  const beginning = text.slice(0, head).replace(/[\uD800-\uDBFF]$/u, '');
  const end = text.slice(text.length - tail).replace(/^[\uDC00-\uDFFF]/u, '');
  const missing = text.length - beginning.length - end.length;
  return `${beginning}\n[... ${missing} characters left out ...]\n${end}`;
}

// Colours and titles, then every other control character.
const SEQUENCES = /\u001B(?:\[[\d;?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?)/gu;
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu;

function printable(text: string): string {
  return text.replaceAll(SEQUENCES, '').replaceAll(/\r\n?/gu, '\n').replaceAll(CONTROLS, '');
}
