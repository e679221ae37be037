import type { LocalizedText } from '@cloche/core/executor';
import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import { invalidFile } from '../entries/entry-errors.ts';
import { lineAndColumn } from '../entries/text-style.ts';

/** One that is written but empty is one that has nothing in it yet. */
const EMPTY_DOCUMENT = '{}\n';

export interface JsonFile {
  readonly path: string;
  readonly text: string;
  /** An object. */
  readonly root: Node;
}

/**
 * Reads JSON, with comments and trailing commas wherever they are.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column
 */
export function parseJsonFile(path: string, given: string): JsonFile {
  const text = given.trim() === '' ? EMPTY_DOCUMENT : given;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const what = printParseErrorCode(error.error)
      .replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter}`)
      .toLowerCase();
    throw invalidJson(path, text, error.offset, {
      en: `This is not JSON: ${what}.`,
      zh: `不是有效的 JSON：${what}。`,
    });
  }
  if (root?.type === 'object') return { path, text, root };
  throw notAnObject(path, text, root?.offset ?? 0, 'JSON');
}

/** The value of a key; undefined where it is not there. @throws ClocheError where it stands there twice */
export function propertyOf(file: JsonFile, object: Node, key: string): Node | undefined {
  const [first, second] = (object.children ?? []).filter((property) => property.children?.[0]?.value === key);
  if (second === undefined) return first;
  throw invalidJson(file.path, file.text, second.offset, {
    en: `The key ${key} is there a second time, and clients do not agree on which of them counts.`,
    zh: `键 ${key} 重复出现，各客户端对以哪个为准并不一致。`,
  });
}

/** @throws ClocheError where it is something else */
export function checkObject(file: JsonFile, value: Node, key: string): void {
  if (value.type !== 'object') throw notAnObject(file.path, file.text, value.offset, key);
}

function notAnObject(path: string, text: string, offset: number, what: string): Error {
  return invalidJson(path, text, offset, {
    en: `${what} should be an object here, with braces around it.`,
    zh: `此处的 ${what} 应为用花括号括起的对象。`,
  });
}

function invalidJson(path: string, text: string, offset: number, problem: LocalizedText): Error {
  return invalidFile(`${path}:${lineAndColumn(text, offset)}`, problem, {
    en: 'The file was left as it is. Mend it, then repeat the command.',
    zh: '文件未被修改。请修正后重试。',
  });
}
