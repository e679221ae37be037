import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS, languageFromShebang } from '@cloche/core/executor';

/** Lines that hardly stand in prose, nor in another language. */
const SIGNS: Readonly<Record<LanguageId, readonly RegExp[]>> = {
  python: [
    /^(?:async )?def \w+\(.*\).*:\s*$/mu,
    /^(?:import [\w.]+(?: as \w+)?|from [\w.]+ import .+)$/mu,
    /^\s*(?:if|for|while|elif|with|class|try|except)\b.*:\s*$/mu,
    /^\s*print\(.*\)\s*$/mu,
  ],
  javascript: [
    /^\s*(?:const|let|var) [\w{[].*=/mu,
    /^\s*(?:async )?function\*? ?\w*\(/mu,
    /\bconsole\.(?:log|error)\(/u,
    /\brequire\(['"]|^import .+ from ['"]|^export /mu,
  ],
  typescript: [
    /^\s*(?:const|let) \w+: [\w<>[\]{}| ]+ =/mu,
    /^\s*(?:export )?(?:interface|type|enum) \w+/mu,
    /\(\w+\??: (?:string|number|boolean|unknown)\b/u,
    /\): [\w<>[\]| ]+ (?:\{|=>)/u,
  ],
  java: [
    /\bpublic static void main\(/u,
    /^\s*(?:public |final |abstract )*(?:class|record|interface|enum) \w+.*\{?$/mu,
    /^import java[x]?\.[\w.*]+;$/mu,
    /\bSystem\.out\.print/u,
  ],
  go: [/^package \w+$/mu, /^func (?:\(\w+ \*?\w+\) )?\w+\(.*\{$/mu, /^import (?:\(|")/mu, /\bfmt\.[PSF]/u],
  rust: [
    /^\s*(?:pub )?fn \w+(?:<.*>)?\(.*\{$/mu,
    /^\s*let (?:mut )?\w+/mu,
    /\bprintln!\(/u,
    /^\s*(?:pub )?(?:use [\w:{}, *]+;|struct \w+|impl\b|enum \w+)/mu,
  ],
  bash: [/^#!.*\bsh\b/u, /^\s*(?:if|while) \[\[? /mu, /^\s*(?:fi|done|esac)\b/mu, /^\s*echo\b|\$\{?\w+\}?/mu],
  c: [/^#include\s*<\w+\.h>/mu, /^\s*(?:int|void) main\(.*/mu, /\bprintf\(/u, /\bmalloc\(|\bstruct \w+ \{/u],
  cpp: [
    /^#include\s*<(?:iostream|vector|string|map|algorithm|c\w+)>/mu,
    /\bstd::\w+/u,
    /^\s*int main\(.*/mu,
    /^\s*(?:using namespace|template\s*<)/mu,
  ],
};

/** A program shows what it is at its beginning; the patterns look at a line more than once. */
const LOOKED_AT = { lines: 1000, charactersOfLine: 400 };

/** What of a text its language shows in: the beginnings of its lines, empty ones left out. */
function sampleOf(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    lines.push(sampleOfLine(line));
    if (lines.length === LOOKED_AT.lines) break;
  }
  return lines.join('\n');
}

function sampleOfLine(line: string): string {
  return line.trimEnd().slice(0, LOOKED_AT.charactersOfLine);
}

/** How many signs of this language, or of the likeliest one, a text shows: 0 to 4. */
export function countSigns(text: string, language: LanguageId | null): number {
  const sample = sampleOf(text);
  const ids = language === null ? LANGUAGE_IDS : [language];
  return Math.max(...ids.map((id) => countSignsOf(sample, id)));
}

function countSignsOf(sample: string, language: LanguageId): number {
  // What JavaScript is, TypeScript is as well.
  const signs = language === 'typescript' ? [...SIGNS.typescript, ...SIGNS.javascript] : SIGNS[language];
  return Math.min(4, signs.filter((sign) => sign.test(sample)).length);
}

/** The language of a program that nothing names, or null where none is likely. */
export function guessLanguage(code: string): LanguageId | null {
  const byLine = languageFromShebang(code);
  if (byLine !== null) return byLine;
  const sample = sampleOf(code);
  const scored = LANGUAGE_IDS.map((id) => ({
    id,
    count: SIGNS[id].filter((sign) => sign.test(sample)).length,
  }));
  const best = scored.reduce((left, right) => (right.count > left.count ? right : left));
  return best.count >= 1 ? best.id : null;
}

/** Whether a line of its own shows a sign, for where a program begins behind prose. */
export function isProgramLine(line: string, language: LanguageId | null): boolean {
  const ids = language === null ? LANGUAGE_IDS.filter((id) => id !== 'bash') : [language];
  const sample = sampleOfLine(line);
  return line.startsWith('#!') || ids.some((id) => SIGNS[id].some((sign) => sign.test(sample)));
}
