import { readToml } from '@cloche/core';
import type { TomlStatement } from './toml-statements.ts';
import { tomlStatements } from './toml-statements.ts';

/** One table that is written with a header of its own. */
export interface TomlTable {
  readonly path: readonly string[];
  readonly header: TomlStatement;
  /** By the first part of the key. */
  readonly pairs: ReadonlyMap<string, TomlStatement>;
  /** Behind the line of its last statement. */
  readonly end: number;
}

/** The tables below `path`, itself included, in the order of the text. */
export async function tablesOfEntry(text: string, path: readonly string[]): Promise<TomlTable[]> {
  const tables: TomlTable[] = [];
  let header: TomlStatement | null = null;
  let headerPath: readonly string[] = [];
  let pairs = new Map<string, TomlStatement>();
  let end = 0;
  const close = (): void => {
    const isWanted = header !== null && path.every((part, index) => headerPath[index] === part);
    if (header !== null && isWanted) tables.push({ path: headerPath, header, pairs, end });
  };
  for (const statement of tomlStatements(text)) {
    const keys = await keysOf(text.slice(statement.start, statement.end));
    if (statement.isHeader) {
      close();
      header = statement;
      headerPath = keys;
      pairs = new Map();
    } else {
      pairs.set(keys[0] ?? '', statement);
    }
    end = statement.lineEnd;
  }
  close();
  return tables;
}

/** The parts of the key of one statement, read by the parser itself. */
async function keysOf(statement: string): Promise<string[]> {
  const keys: string[] = [];
  let value: unknown = await readToml('', statement);
  while (typeof value === 'object' && value !== null) {
    const [key, ...others] = Object.keys(value);
    if (key === undefined || others.length > 0) break;
    // A table of an array: its name has ended.
    if (!Array.isArray(value)) keys.push(key);
    value = (value as Record<string, unknown>)[key];
  }
  return keys;
}
