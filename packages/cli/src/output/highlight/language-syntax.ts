import type { LanguageId } from '@cloche/core/executor';

/** A string or a comment: what begins it, and what ends it. */
export interface Span {
  readonly kind: 'string' | 'comment';
  readonly open: string;
  /** Null: the end of the line. */
  readonly close: string | null;
  /** Whether it goes on where a line ends. */
  readonly isMultiline: boolean;
  /** Whether a backslash takes the meaning from the character behind it. */
  readonly hasEscapes: boolean;
}

/** As much of a language as its colours need. */
export interface LanguageSyntax {
  /** The longest first, where one begins like another. */
  readonly spans: readonly Span[];
  readonly keywords: ReadonlySet<string>;
  /** Whether a comment begins only at the beginning of a word: `$#` is none in a shell. */
  readonly isCommentAtWordStart: boolean;
  /** A literal that looks like the beginning of a string and may be none. */
  readonly literal: RegExp | null;
}

const HASH = comment('#', null);
const SLASHES = comment('//', null);
const BLOCK = comment('/*', '*/');
const DOUBLE = text('"');
const SINGLE = text("'");

const C_WORDS =
  '#include #define #ifdef #ifndef #endif #pragma auto break case char const continue default do double else enum extern float for goto if inline int long return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false NULL';
const JAVASCRIPT_WORDS =
  'async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while yield';

export const LANGUAGE_SYNTAXES: Readonly<Record<LanguageId, LanguageSyntax>> = {
  python: syntax(
    [block('"""'), block("'''"), HASH, DOUBLE, SINGLE],
    'and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return True try while with yield',
  ),
  javascript: syntax([SLASHES, BLOCK, DOUBLE, SINGLE, block('`')], JAVASCRIPT_WORDS),
  typescript: syntax(
    [SLASHES, BLOCK, DOUBLE, SINGLE, block('`')],
    `${JAVASCRIPT_WORDS} abstract any as boolean declare enum implements interface keyof never number private protected public readonly satisfies string type unknown`,
  ),
  java: syntax(
    [SLASHES, BLOCK, block('"""'), DOUBLE, SINGLE],
    'abstract boolean break byte case catch char class continue default do double else enum extends false final finally float for if implements import instanceof int interface long new null package private protected public record return sealed short static super switch this throw throws true try var void while yield',
  ),
  go: syntax(
    [SLASHES, BLOCK, DOUBLE, SINGLE, { ...block('`'), hasEscapes: false }],
    'break case chan const continue default defer else fallthrough false for func go goto if import interface map nil package range return select struct switch true type var',
  ),
  rust: {
    ...syntax(
      [SLASHES, BLOCK, block('"')],
      'as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while',
    ),
    // 'a' is a character, 'a alone a lifetime.
    literal: /'(?:\\[^']{1,10}|[^'\\\n])'/uy,
  },
  bash: {
    ...syntax(
      [HASH, block('"'), { ...block("'"), hasEscapes: false }],
      'case do done echo elif else esac exit export fi for function if in local printf read readonly return set shift then trap until unset while',
    ),
    isCommentAtWordStart: true,
  },
  c: syntax([SLASHES, BLOCK, DOUBLE, SINGLE], C_WORDS),
  cpp: syntax(
    [SLASHES, BLOCK, DOUBLE, SINGLE],
    `${C_WORDS} catch class constexpr delete explicit friend mutable namespace new noexcept nullptr operator override private protected public template this throw try typename using virtual`,
  ),
};

function syntax(spans: readonly Span[], words: string): LanguageSyntax {
  return { spans, keywords: new Set(words.split(' ')), isCommentAtWordStart: false, literal: null };
}

function comment(open: string, close: string | null): Span {
  return { kind: 'comment', open, close, isMultiline: close !== null, hasEscapes: false };
}

/** A string that ends with its line. */
function text(quote: string): Span {
  return { kind: 'string', open: quote, close: quote, isMultiline: false, hasEscapes: true };
}

function block(quote: string): Span {
  return { kind: 'string', open: quote, close: quote, isMultiline: true, hasEscapes: true };
}
