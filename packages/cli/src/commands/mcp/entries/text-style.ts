/** U+FEFF, with which some editors of Windows begin a file. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** The line break that a text uses; a text without one gets the usual. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** One step of indentation, as the first line that is moved in has it; two spaces where none is. */
export function indentUnitOf(text: string): string {
  const indent = /^(?<indent>[ \t]+)\S/mu.exec(text)?.groups?.['indent'] ?? '  ';
  return indent.startsWith('\t') ? '\t' : indent;
}

/** The blanks at the beginning of the line on which a place is. */
export function indentOfLine(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/u.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** `12:5`, both from 1. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `${line}:${offset - before.lastIndexOf('\n')}`;
}
