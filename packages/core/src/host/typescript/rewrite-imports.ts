import jsTokens from 'js-tokens';

type Token = ReturnType<typeof jsTokens> extends Iterable<infer Item> ? Item : never;

/** One token that is neither space nor comment, and where it begins. */
interface Word {
  readonly type: Token['type'];
  readonly value: string;
  readonly offset: number;
}

export interface RewrittenImports {
  readonly code: string;
  /** Whether the file has `import` or `export` statements and is a module by that. */
  readonly isModule: boolean;
  /** A name is imported that nothing uses once the types are gone; it may be a type, which JavaScript cannot import. */
  readonly importsUnusedNames: boolean;
  /** Where a decorator stands, which no JavaScript engine runs yet; null when there is none. */
  readonly decoratorOffset: number | null;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const MODULE_WORDS = /\b(?:import|export|require)\b|@/u;
/** Before `?` or `#`, as in a URL. */
const TYPESCRIPT_ENDING = /\.([mc]?)ts(?=$|[?#])/u;

/**
 * Turns relative imports of TypeScript files into imports of the JavaScript that lies beside them
 * under the matching name: `./shape.ts` to `./shape.js`. An `import` without an ending, which
 * TypeScript's tools allow and Node.js does not, gets one.
 *
 * @param code JavaScript
 */
export function rewriteImports(code: string): RewrittenImports {
  if (!MODULE_WORDS.test(code))
    return { code, isModule: false, importsUnusedNames: false, decoratorOffset: null };
  const words = wordsOf(code);
  const replacements: Replacement[] = [];
  const importedNames: Word[] = [];
  let isModule = false;

  for (const [index, word] of words.entries()) {
    if (word.type !== 'IdentifierName' || isPropertyName(words[index - 1])) continue;
    if (word.value === 'import' || word.value === 'export') {
      const next = words[index + 1];
      if (word.value === 'export') isModule ||= next?.value !== ':';
      if (word.value === 'import' && next?.value === '(') {
        replacements.push(...replacementOf(words[index + 2], true));
        continue;
      }
      const clause =
        word.value === 'import' && next?.type === 'StringLiteral' ? [next] : clauseOf(words, index + 1);
      if (word.value === 'import') isModule ||= clause.length > 0;
      if (word.value === 'import') importedNames.push(...localNames(clause));
      replacements.push(...replacementOf(clause.at(-1), true));
    } else if (word.value === 'require') {
      const called =
        words[index + 1]?.value === '.' && words[index + 2]?.value === 'resolve' ? index + 3 : index + 1;
      if (words[called]?.value === '(') replacements.push(...replacementOf(words[called + 1], false));
    }
  }

  return {
    code: replaced(code, replacements),
    isModule,
    importsUnusedNames: importedNames.some((name) => !isUsed(name, words, importedNames)),
    decoratorOffset: words.find((word) => word.type === 'Invalid' && word.value === '@')?.offset ?? null,
  };
}

function wordsOf(code: string): Word[] {
  const words: Word[] = [];
  let offset = 0;
  for (const { type, value } of jsTokens(code)) {
    const isSpace = type === 'WhiteSpace' || type === 'LineTerminatorSequence';
    if (!isSpace && !type.endsWith('Comment')) words.push({ type, value, offset });
    offset += value.length;
  }
  return words;
}

function isPropertyName(before: Word | undefined): boolean {
  return before?.value === '.' || before?.value === '?.';
}

/** What stands between `import` or `export` and the module's name, that name at its end; empty when none follows. */
function clauseOf(words: readonly Word[], start: number): Word[] {
  const clause: Word[] = [];
  let depth = 0;
  for (const word of words.slice(start, start + 10_000)) {
    clause.push(word);
    if (word.type === 'StringLiteral') {
      if (depth === 0) return clause.at(-2)?.value === 'from' ? clause : [];
    } else if (word.value === '{') depth += 1;
    else if (word.value === '}') depth -= 1;
    else if (word.type !== 'IdentifierName' && word.value !== ',' && word.value !== '*') return [];
  }
  return [];
}

/** The names that an import clause brings into the file: `b` of `{ a as b }`. */
function localNames(clause: readonly Word[]): Word[] {
  return clause.slice(0, -2).filter((word, index) => {
    if (word.type !== 'IdentifierName') return false;
    const [before, next] = [clause[index - 1]?.value, clause[index + 1]?.value];
    const isLast = next === ',' || next === '}' || index === clause.length - 3;
    return isLast && (before === undefined || before === ',' || before === '{' || before === 'as');
  });
}

function isUsed(name: Word, words: readonly Word[], importedNames: readonly Word[]): boolean {
  return words.some(
    (word, index) =>
      word.type === 'IdentifierName' &&
      word.value === name.value &&
      !importedNames.includes(word) &&
      !isPropertyName(words[index - 1]) &&
      // `{ Shape as Round }` of an import names what lies in the other file.
      words[index + 1]?.value !== 'as',
  );
}

function replacementOf(word: Word | undefined, addsEnding: boolean): Replacement[] {
  if (word === undefined || (word.type !== 'StringLiteral' && word.type !== 'NoSubstitutionTemplate'))
    return [];
  const inside = word.value.slice(1, -1);
  if (!inside.startsWith('./') && !inside.startsWith('../')) return [];
  const text = TYPESCRIPT_ENDING.test(inside)
    ? inside.replace(TYPESCRIPT_ENDING, '.$1js')
    : withEnding(inside, addsEnding);
  if (text === inside) return [];
  return [{ start: word.offset + 1, end: word.offset + 1 + inside.length, text }];
}

function withEnding(specifier: string, addsEnding: boolean): string {
  const name = specifier.slice(specifier.lastIndexOf('/') + 1);
  return addsEnding && /^[\w-]+$/u.test(name) ? `${specifier}.js` : specifier;
}

function replaced(code: string, replacements: readonly Replacement[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const replacement of replacements) {
    pieces.push(code.slice(end, replacement.start), replacement.text);
    end = replacement.end;
  }
  return pieces.join('') + code.slice(end);
}
