/** Comments, text blocks and literals, that hold no code; words; the punctuation that shapes a source. */
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"""(?:\\[^]|(?!""")[^])*(?:"""|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|(?<code>[\p{L}_$][\p{L}\p{N}_$]*|[{}(;.])/gu;
const TYPE_KEYWORDS: ReadonlySet<string> = new Set(['class', 'interface', 'enum', 'record']);
const WORD_START = /^[\p{L}_$]/u;

interface JavaType {
  readonly name: string;
  readonly isPublic: boolean;
  hasMain: boolean;
}

/**
 * For display: the name that Cloche gives a Java program which nobody named. That of the public type, else of the type with
 * `main`, else `Main`.
 */
export function javaFileName(source: string): string {
  const types: JavaType[] = [];
  let depth = 0;
  let isPublic = false;
  let current: JavaType | null = null;
  let beforeLast = '';
  let last = '';
  for (const { groups } of source.matchAll(TOKEN)) {
    const token = groups?.['code'];
    if (token === undefined) continue;
    if (token === '{') depth += 1;
    else if (token === '}') depth = Math.max(0, depth - 1);
    else if (token === '(' && beforeLast === 'void' && last === 'main') {
      // Outside of every type, the whole file is one class (Java 25).
      if (depth === 0) return 'Main.java';
      if (depth === 1 && current) current.hasMain = true;
    } else if (depth === 0 && token === 'public') isPublic = true;
    else if (depth === 0 && !current && beginsType(beforeLast, last, token)) {
      current = { name: token, isPublic, hasMain: false };
      types.push(current);
    }
    if (depth === 0 && (token === ';' || token === '}')) {
      isPublic = false;
      current = null;
    }
    beforeLast = last;
    last = token;
  }
  const named = types.find((type) => type.isPublic) ?? types.find((type) => type.hasMain);
  return `${named?.name ?? 'Main'}.java`;
}

function beginsType(beforeLast: string, last: string, token: string): boolean {
  return TYPE_KEYWORDS.has(last) && beforeLast !== '.' && WORD_START.test(token);
}
