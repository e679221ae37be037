const COMMENTS_AND_LITERALS =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gu;
const TYPE_DECLARATION =
  /(?<public>\bpublic\s+)?(?:\b(?:abstract|final|sealed|non-sealed|strictfp|static)\s+)*\b(?:class|interface|enum|record)\s+(?<name>[\p{L}_$][\p{L}\p{N}_$]*)/gu;
const MAIN_METHOD = /\bvoid\s+main\s*\(/u;
const PACKAGE = /(?:^|[;\s])package\s+(?<name>[\p{L}\p{N}_$.\s]+?)\s*;/u;

interface TypeDeclaration {
  readonly name: string;
  readonly isPublic: boolean;
  /** Text from this declaration to the next top-level one. */
  readonly body: string;
}

/** The file name that `javac` demands for this source: the public type's name, else the main type's, else `Main.java`. */
export function javaFileName(source: string): string {
  const declarations = topLevelTypes(withoutCommentsAndLiterals(source));
  const declared =
    declarations.find((declaration) => declaration.isPublic) ??
    declarations.find((declaration) => MAIN_METHOD.test(declaration.body));
  return `${declared?.name ?? 'Main'}.java`;
}

/**
 * The fully qualified class to start for an entry file: the type that holds `main`, the one named
 * like the file first. A file whose `main` stands outside every type (Java 25) is its own class.
 */
export function javaMainClass(source: string, fileName: string): string {
  const text = withoutCommentsAndLiterals(source);
  const baseName = fileName.slice(fileName.lastIndexOf('/') + 1).replace(/\.java$/u, '');
  const withMain = topLevelTypes(text).filter((declaration) => MAIN_METHOD.test(declaration.body));
  const chosen = withMain.find((declaration) => declaration.name === baseName) ?? withMain[0];
  const packageName = PACKAGE.exec(text)?.groups?.['name']?.replaceAll(/\s/gu, '');
  const className = chosen?.name ?? baseName;
  return packageName === undefined ? className : `${packageName}.${className}`;
}

function withoutCommentsAndLiterals(source: string): string {
  return source.replaceAll(COMMENTS_AND_LITERALS, ' ');
}

function topLevelTypes(text: string): TypeDeclaration[] {
  const declarations = [...text.matchAll(TYPE_DECLARATION)].filter((match) => depthAt(text, match.index) === 0);
  return declarations.map((match, position) => ({
    name: match.groups?.['name'] ?? '',
    isPublic: match.groups?.['public'] !== undefined,
    body: text.slice(match.index, declarations[position + 1]?.index ?? text.length),
  }));
}

function depthAt(text: string, end: number): number {
  let depth = 0;
  for (let index = 0; index < end; index += 1) {
    if (text[index] === '{') depth += 1;
    else if (text[index] === '}') depth -= 1;
  }
  return depth;
}
