import { endOfKey, keysOf } from './toml-keys.ts';
import type { TomlStatement } from './toml-statements.ts';
import { endOfString, quoteAt, tomlStatements } from './toml-statements.ts';

/** One `key = value`, of a line or of an inline table. Offsets into the text. */
export interface TomlPair {
  /** From the root of the file. */
  readonly path: readonly string[];
  /** How many keys of the path stand above it, in a header or another pair. */
  readonly above: number;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  /** What it stands in; null where it is a statement of its own. */
  readonly table: InlineTable | null;
  /** Its value, where that is an inline table. */
  readonly inline: InlineTable | null;
}

export interface InlineTable {
  /** Of the opening brace, and of the closing one. */
  readonly open: number;
  readonly close: number;
  /** Of the comma behind the last member; null where there is none. */
  readonly lastComma: number | null;
  readonly members: readonly TomlPair[];
}

/** One table that is written with a header of its own. */
export interface TomlTable {
  readonly path: readonly string[];
  readonly header: TomlStatement;
  /** Behind the line of its last statement. */
  readonly end: number;
}

export interface TomlOutline {
  readonly tables: readonly TomlTable[];
  /** All of them, those in inline tables behind the one whose value they are in. */
  readonly pairs: readonly TomlPair[];
}

/** What stands where in a text that is valid TOML. */
export async function tomlOutline(text: string): Promise<TomlOutline> {
  const tables: TomlTable[] = [];
  const pairs: TomlPair[] = [];
  let header: { readonly path: readonly string[]; readonly statement: TomlStatement } | null = null;
  let end = 0;
  const close = (): void => {
    if (header !== null) tables.push({ path: header.path, header: header.statement, end });
  };
  for (const statement of tomlStatements(text)) {
    if (statement.isHeader) {
      close();
      const written = text.slice(statement.start, statement.end).replaceAll(/^\[+|\]+$/gu, '');
      header = { path: await keysOf(written), statement };
    } else {
      const pair = await pairAt(text, statement, header?.path ?? [], null);
      pairs.push(pair, ...membersBelow(pair));
    }
    end = statement.lineEnd;
  }
  close();
  return { tables, pairs };
}

function membersBelow({ inline }: TomlPair): TomlPair[] {
  return (inline?.members ?? []).flatMap((member) => [member, ...membersBelow(member)]);
}

async function pairAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  above: readonly string[],
  table: InlineTable | null,
): Promise<TomlPair> {
  const equals = endOfKey(text, start);
  const path = [...above, ...(await keysOf(text.slice(start, equals)))];
  const valueStart = equals + 1 + (/^\s*/u.exec(text.slice(equals + 1))?.[0].length ?? 0);
  const inline = text[valueStart] === '{' ? await inlineTableAt(text, valueStart, path) : null;
  return { path, above: above.length, start, end, valueStart, table, inline };
}

/** With its members, and theirs. */
async function inlineTableAt(text: string, open: number, path: readonly string[]): Promise<InlineTable> {
  const { close, commas } = bounds(text, open);
  const members: TomlPair[] = [];
  const table: InlineTable = { open, close, lastComma: null, members };
  let lastComma: number | null = null;
  let from = open + 1;
  for (const comma of [...commas, close]) {
    const span = trimmed(text, from, comma);
    if (span.end > span.start) members.push(await pairAt(text, span, path, table));
    else lastComma = from - 1 === open ? null : from - 1;
    from = comma + 1;
  }
  // Of one object, so that a member's table is the one that it is in.
  return Object.assign(table, { lastComma });
}

/** The closing brace, and the commas between the members. */
function bounds(text: string, open: number): { readonly close: number; readonly commas: readonly number[] } {
  const commas: number[] = [];
  let depth = 0;
  let position = open;
  while (position < text.length) {
    const quote = quoteAt(text, position);
    if (quote !== undefined) {
      position = endOfString(text, position, quote);
      continue;
    }
    const character = text[position] ?? '';
    if (character === '#') position = endOfComment(text, position);
    if ('[{'.includes(character)) depth += 1;
    if (']}'.includes(character)) depth -= 1;
    if (depth === 0) break;
    if (character === ',' && depth === 1) commas.push(position);
    position += 1;
  }
  return { close: position, commas };
}

/** Without blanks and comments around it. */
function trimmed(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  let start = from;
  for (;;) {
    start += /^\s*/u.exec(text.slice(start, to))?.[0].length ?? 0;
    if (text[start] !== '#' || start >= to) break;
    start = Math.min(to, endOfComment(text, start));
  }
  let end = start;
  let position = start;
  while (position < to) {
    const quote = quoteAt(text, position);
    if (quote !== undefined) {
      position = endOfString(text, position, quote);
      end = position;
    } else if (text[position] === '#') {
      position = endOfComment(text, position);
    } else {
      if (!/\s/u.test(text[position] ?? '')) end = position + 1;
      position += 1;
    }
  }
  return { start, end };
}

function endOfComment(text: string, start: number): number {
  const lineBreak = text.indexOf('\n', start);
  return lineBreak < 0 ? text.length : lineBreak;
}
