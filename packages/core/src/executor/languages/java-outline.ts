import { javaTokens } from './java-tokens.ts';

export interface JavaType {
  readonly name: string;
  readonly isPublic: boolean;
  /** Whether a `void main(` stands right in it, and not in a type inside it. */
  hasMain: boolean;
}

export interface JavaOutline {
  /** Null in the unnamed package. */
  readonly packageName: string | null;
  /** Top-level types in order. */
  readonly types: readonly JavaType[];
  /** A `main` outside every type: the whole file is then one class (Java 25). */
  readonly hasMainOutside: boolean;
}

const TYPE_KEYWORDS: ReadonlySet<string> = new Set(['class', 'interface', 'enum', 'record']);
const WORD_START = /^[\p{L}_$]/u;

/** What decides the file's name and the class to start, read in one pass. */
export function javaOutline(source: string): JavaOutline {
  const types: JavaType[] = [];
  let packageName: string | null = null;
  let hasMainOutside = false;
  let depth = 0;
  let current: JavaType | null = null;
  // Since the last declaration ended.
  let isPublic = false;
  let packageWords: string[] | null = null;
  const previous = ['', '', ''];

  for (const token of javaTokens(source)) {
    const [, beforeLast = '', last = ''] = previous;
    if (packageWords !== null) {
      if (token === ';') {
        packageName = packageWords.join('');
        packageWords = null;
      } else packageWords.push(token);
    } else if (token === '{') depth += 1;
    else if (token === '}') depth = Math.max(0, depth - 1);
    else if (token === '(' && beforeLast === 'void' && last === 'main') {
      if (depth === 0) hasMainOutside = true;
      else if (depth === 1 && current !== null) current.hasMain = true;
    } else if (depth === 0 && token === 'public') isPublic = true;
    else if (depth === 0 && token === 'package' && packageName === null && types.length === 0)
      packageWords = [];
    else if (
      depth === 0 &&
      current === null &&
      TYPE_KEYWORDS.has(last) &&
      beforeLast !== '.' &&
      WORD_START.test(token)
    ) {
      current = { name: token, isPublic, hasMain: false };
      types.push(current);
    }
    if (depth === 0 && (token === ';' || token === '}')) {
      isPublic = false;
      current = null;
    }
    previous.shift();
    previous.push(token);
  }
  return { packageName, types, hasMainOutside };
}
