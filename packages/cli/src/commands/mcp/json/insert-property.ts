import type { Edit, Node } from 'jsonc-parser';
import { indentOfLine, indentUnitOf, lineBreakOf } from '../entries/text-style.ts';
import { readTrivia } from './json-trivia.ts';

/** Puts a property behind the last one of an object, in the style of the file. Comments stay where they are. */
export function insertProperty(text: string, object: Node, key: string, value: unknown): Edit[] {
  const close = object.offset + object.length - 1;
  const last = object.children?.at(-1);
  const start = last === undefined ? object.offset + 1 : last.offset + last.length;
  const trivia = readTrivia(text, start, close);
  const isOnOneLine = isWrittenOnOneLine(text, object);
  const outer = indentOfLine(text, object.offset);
  const inner = innerIndent(text, object, outer);
  const lineBreak = lineBreakOf(text);

  const property = `${JSON.stringify(key)}:${separator(text)}${valueText(text, value, isOnOneLine ? null : inner)}`;
  const hasLineBreakBehind = text.slice(trivia.end, close).includes('\n');
  const before = isOnOneLine ? blankBetween(text, last) : lineBreak + inner;
  const behind = isOnOneLine || hasLineBreakBehind ? '' : lineBreak + outer;
  // A file with a comma behind the last one keeps that style.
  const comma = trivia.commaOffset === null ? '' : ',';
  const insertion = { offset: trivia.end, length: 0, content: `${before}${property}${comma}${behind}` };
  if (last === undefined || trivia.commaOffset !== null) return [insertion];
  if (trivia.end === start) return [{ ...insertion, content: `,${insertion.content}` }];
  return [{ offset: start, length: 0, content: ',' }, insertion];
}

/** Puts another value in the place of one. */
export function replaceValue(text: string, object: Node, value: Node, content: unknown): Edit[] {
  const indent = isWrittenOnOneLine(text, object) ? null : innerIndent(text, object, '');
  return [{ offset: value.offset, length: value.length, content: valueText(text, content, indent) }];
}

function isWrittenOnOneLine(text: string, object: Node): boolean {
  const isInLines = text.slice(object.offset, object.offset + object.length).includes('\n');
  if (isInLines) return false;
  const isEmpty = object.children === undefined || object.children.length === 0;
  // An empty file, and an empty object of a file in lines, are opened up.
  return !(isEmpty && (object.parent === undefined || text.trim().includes('\n')));
}

function innerIndent(text: string, object: Node, outer: string): string {
  const first = object.children?.[0];
  if (first !== undefined) {
    const indent = indentOfLine(text, first.offset);
    const lineStart = text.lastIndexOf('\n', first.offset - 1) + 1;
    if (lineStart + indent.length === first.offset) return indent;
  }
  return outer + indentUnitOf(text);
}

function blankBetween(text: string, last: Node | undefined): string {
  return last === undefined ? '' : separator(text);
}

/** What stands behind a colon: nothing in a file without blanks. */
function separator(text: string): string {
  return /"\s*:\S/u.test(text) && !/"\s*:\s/u.test(text) ? '' : ' ';
}

/** @param indent of the line on which the value begins; null: all on one line */
function valueText(text: string, value: unknown, indent: string | null): string {
  if (indent === null) {
    const blank = separator(text);
    return JSON.stringify(value, null, 1)
      .replaceAll(/\n\s*(?<close>[\]}])/gu, '$<close>')
      .replaceAll(/(?<open>[[{])\n\s*/gu, '$<open>')
      .replaceAll(/,\n\s*/gu, `,${blank}`)
      .replaceAll('": ', `":${blank}`);
  }
  const lines = JSON.stringify(value, null, indentUnitOf(text)).split('\n');
  return lines.join(lineBreakOf(text) + indent);
}
