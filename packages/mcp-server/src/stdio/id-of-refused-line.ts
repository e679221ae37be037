import type { RequestId } from '@modelcontextprotocol/server';

const ID = String.raw`"id"\s*:\s*(?<id>\d{1,15}|"(?:[^"\\]){1,200}")`;
/** At the very beginning or the very end of the line nothing but the message's own id can stand. */
const AT_THE_BEGINNING = new RegExp(String.raw`^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?${ID}\s*,`, 'u');
const AT_THE_END = new RegExp(String.raw`,\s*${ID}\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$`, 'u');

/** Whose request a line was that is too long to be read. Null where that cannot be told for sure. */
export function idOfRefusedLine(head: string, tail: string): RequestId | null {
  const found = (AT_THE_BEGINNING.exec(head) ?? AT_THE_END.exec(tail))?.groups?.['id'];
  return found === undefined ? null : (JSON.parse(found) as RequestId);
}
