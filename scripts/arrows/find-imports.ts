import { Visitor, type Expression, type Argument } from 'oxc-parser';
import type { ParsedSource } from './parse-source.ts';

export interface ImportReference {
  /** Null where it is computed and so cannot be known from the source. */
  readonly specifier: string | null;
  readonly line: number;
  /** `static` is loaded with its file, `lazy` when it is reached, `type` never. */
  readonly kind: 'static' | 'lazy' | 'type';
}

/** The text of a literal, a template without placeholders included. */
function literalText(node: Expression | Argument | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return null;
  return node.quasis[0]?.value.cooked ?? null;
}

/** The name that a call goes to: `f` of `f()`, `g` of `a.b.g()`. */
function calledName(callee: Expression): string | null {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression') return null;
  if (callee.property.type === 'Identifier') return callee.property.name;
  return callee.property.type === 'Literal' ? String(callee.property.value) : null;
}

/** The names under which `createRequire` and what it returns go in one file. */
function findRequireNames({ program }: ParsedSource): { makers: Set<string>; requires: Set<string> } {
  const makers = new Set(['createRequire']);
  const requires = new Set(['require']);
  new Visitor({
    ImportSpecifier(node) {
      const isMaker = node.imported.type === 'Identifier' && node.imported.name === 'createRequire';
      if (isMaker) makers.add(node.local.name);
    },
  }).visit(program);
  new Visitor({
    VariableDeclarator(node) {
      const isMade = node.init?.type === 'CallExpression' && makers.has(calledName(node.init.callee) ?? '');
      if (isMade && node.id.type === 'Identifier') requires.add(node.id.name);
    },
  }).visit(program);
  return { makers, requires };
}

function isRequireCall(callee: Expression, names: ReturnType<typeof findRequireNames>): boolean {
  if (callee.type === 'Identifier') return names.requires.has(callee.name);
  // createRequire(…)('x')
  if (callee.type === 'CallExpression') return names.makers.has(calledName(callee.callee) ?? '');
  // require.resolve('x'), module.require('x'), import.meta.resolve('x')
  if (callee.type !== 'MemberExpression') return false;
  const name = calledName(callee);
  if (name === 'require') return true;
  return name === 'resolve' && (isRequireCall(callee.object, names) || callee.object.type === 'MetaProperty');
}

/** Everything that one file imports, in whatever way: import, re-export, `import()`, types, require, createRequire. */
export function findImports(source: ParsedSource): ImportReference[] {
  const found: ImportReference[] = [];
  const names = findRequireNames(source);
  const add = (kind: ImportReference['kind'], specifier: string | null, offset: number): void => {
    found.push({ kind, specifier, line: source.lineOf(offset) });
  };
  new Visitor({
    ImportDeclaration(node) {
      add(node.importKind === 'type' ? 'type' : 'static', node.source.value, node.start);
    },
    ExportNamedDeclaration(node) {
      if (node.source) add(node.exportKind === 'type' ? 'type' : 'static', node.source.value, node.start);
    },
    ExportAllDeclaration(node) {
      add(node.exportKind === 'type' ? 'type' : 'static', node.source.value, node.start);
    },
    ImportExpression(node) {
      add('lazy', literalText(node.source), node.start);
    },
    TSImportType(node) {
      add('type', node.source.value, node.start);
    },
    TSImportEqualsDeclaration(node) {
      if (node.moduleReference.type === 'TSExternalModuleReference') {
        add('static', node.moduleReference.expression.value, node.start);
      }
    },
    CallExpression(node) {
      if (isRequireCall(node.callee, names)) add('lazy', literalText(node.arguments[0]), node.start);
    },
  }).visit(source.program);
  for (const comment of source.comments) {
    const reference = /^\/\s*<reference\s+(?:types|path)\s*=\s*["']([^"']+)["']/.exec(comment.value);
    if (reference?.[1]) add('type', reference[1], comment.start);
  }
  return found.toSorted((left, right) => left.line - right.line);
}
