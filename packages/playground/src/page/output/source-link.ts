/** A place in a source file that a line of output names. */
export interface SourceLink {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  /** From 1 on; null where the line does not say. */
  readonly column: number | null;
  /** Where in the output's line it stands. */
  readonly from: number;
  readonly to: number;
}

/** How compilers and interpreters name a place. A name may have a path before it, of a sandbox that is gone. */
const FORMS: readonly ((name: string) => RegExp)[] = [
  // Python: File "main.py", line 3
  (name) => new RegExp(`File "(?:[^"]{0,512}/)?${name}", line (?<line>\\d{1,7})`, 'u'),
  // gcc, g++, rustc, go, javac, node: main.c:3:5, ./main.go:3:5, Main.java:3, file:///cloche/work/main.js:3:5
  (name) => new RegExp(`(?<![\\w.-])${name}:(?<line>\\d{1,7})(?::(?<column>\\d{1,7}))?`, 'u'),
  // TypeScript: main.ts(3,5)
  (name) => new RegExp(`(?<![\\w.-])${name}\\((?<line>\\d{1,7}),(?<column>\\d{1,7})\\)`, 'u'),
  // bash: main.sh: line 3
  (name) => new RegExp(`(?<![\\w.-])${name}: line (?<line>\\d{1,7})`, 'u'),
];

/** A line of output is hostile and may be long; what names a place stands near its beginning. */
const LOOKED_AT_CHARACTERS = 1024;

const escaped = (name: string): string => name.replaceAll(/[$()*+.?[\\\]^{|}/-]/gu, String.raw`\$&`);

const formsOf = new Map<string, readonly RegExp[]>();

function formsFor(name: string): readonly RegExp[] {
  const known = formsOf.get(name);
  if (known) return known;
  const forms = FORMS.map((form) => form(escaped(name)));
  formsOf.set(name, forms);
  return forms;
}

/** The first place in one of these files that a line names, or null. */
export function findSourceLink(text: string, fileNames: readonly string[]): SourceLink | null {
  const looked = text.slice(0, LOOKED_AT_CHARACTERS);
  let found: SourceLink | null = null;
  for (const file of fileNames) {
    if (!looked.includes(file)) continue;
    for (const form of formsFor(file)) {
      const match = form.exec(looked);
      if (!match?.groups) continue;
      if (found !== null && found.from <= match.index) continue;
      const { line, column } = match.groups;
      found = {
        file,
        line: Number(line),
        column: column === undefined ? null : Number(column),
        from: match.index,
        to: match.index + match[0].length,
      };
    }
  }
  return found;
}
