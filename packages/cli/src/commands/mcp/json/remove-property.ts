import type { Edit, Node } from 'jsonc-parser';
import { readTrivia } from './json-trivia.ts';

/** Takes a property out of an object, with its comma and its line. Comments stay where they are. */
export function removeProperty(text: string, object: Node, property: Node): Edit[] {
  const properties = object.children ?? [];
  const index = properties.indexOf(property);
  const previous = properties[index - 1];
  const next = properties[index + 1];
  const close = object.offset + object.length - 1;
  const end = property.offset + property.length;
  const before = readTrivia(
    text,
    previous === undefined ? object.offset + 1 : previous.offset + previous.length,
    property.offset,
  );
  const behind = readTrivia(text, end, next?.offset ?? close);
  if (behind.commaOffset !== null) return removeSpan(text, before, property, behind.commaOffset + 1);

  const isOnlyOne = previous === undefined && behind.end === end && before.end === object.offset + 1;
  if (isOnlyOne) return [{ offset: before.end, length: close - before.end, content: '' }];
  const comma = before.commaOffset;
  const removal = removeSpan(text, before, property, end);
  return comma === null ? removal : [{ offset: comma, length: 1, content: '' }, ...removal];
}

function removeSpan(
  text: string,
  before: { readonly end: number; readonly endsWithLineComment: boolean },
  property: Node,
  end: number,
): Edit[] {
  const restOfLine = /^[^\n]*/u.exec(text.slice(end))?.[0] ?? '';
  // Behind a comment that goes to the end of its line, nothing may move up into that line.
  const staysOnItsLine = before.endsWithLineComment && restOfLine.trim() !== '';
  const start = staysOnItsLine ? property.offset : before.end;
  return [{ offset: start, length: end - start, content: '' }];
}
