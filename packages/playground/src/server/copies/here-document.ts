import { isPasteable } from './shell-word.ts';

export interface HereDocument {
  /** What is written behind the command that reads it: `<<'CLOCHE_END'`. */
  readonly redirection: string;
  /** The lines below the command, with the last one. */
  readonly body: string;
  /** Whether the text stands there in base64, since a terminal would act upon it. */
  readonly isEncoded: boolean;
}

/** A text below a command, of which a shell reads nothing. */
export function hereDocument(text: string): HereDocument {
  const isEncoded = !isPasteable(text);
  const content = isEncoded ? inLines(Buffer.from(text).toString('base64')) : text;
  const lines = new Set(content.split('\n'));
  let end = 'CLOCHE_END';
  for (let number = 2; lines.has(end); number += 1) end = `CLOCHE_END_${number}`;
  const body = content.endsWith('\n') || content === '' ? content : `${content}\n`;
  return { redirection: `<<'${end}'`, body: `${body}${end}\n`, isEncoded };
}

function inLines(base64: string): string {
  return base64.replaceAll(/(?<line>.{76})/gu, '$<line>\n');
}
