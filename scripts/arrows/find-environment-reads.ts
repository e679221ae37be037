import { Visitor, type Expression, type MemberExpression } from 'oxc-parser';
import type { ParsedSource } from './parse-source.ts';

function unwrap(node: Expression): Expression {
  const isWrapper =
    node.type === 'TSAsExpression' ||
    node.type === 'TSNonNullExpression' ||
    node.type === 'TSSatisfiesExpression';
  if (isWrapper) return unwrap(node.expression);
  return node.type === 'ChainExpression' ? unwrap(node.expression) : node;
}

function propertyName(node: MemberExpression): string | null {
  if (node.property.type === 'Identifier' && !node.computed) return node.property.name;
  return node.property.type === 'Literal' && typeof node.property.value === 'string'
    ? node.property.value
    : null;
}

/** The lines that read the environment of this process: `process.env`, destructured or imported alike. */
export function findEnvironmentReads(source: ParsedSource): number[] {
  const lines = new Set<number>();
  const processNames = new Set(['process']);
  const isProcess = (node: Expression): boolean => {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') return processNames.has(inner.name);
    return inner.type === 'MemberExpression' && propertyName(inner) === 'process';
  };
  new Visitor({
    ImportDeclaration(node) {
      if (node.source.value !== 'node:process' && node.source.value !== 'process') return;
      for (const specifier of node.specifiers) {
        if (specifier.type !== 'ImportSpecifier') processNames.add(specifier.local.name);
        else if (specifier.imported.type === 'Identifier' && specifier.imported.name === 'env') {
          lines.add(source.lineOf(specifier.start));
        }
      }
    },
  }).visit(source.program);
  new Visitor({
    MemberExpression(node) {
      if (propertyName(node) === 'env' && isProcess(node.object)) lines.add(source.lineOf(node.start));
    },
    VariableDeclarator(node) {
      if (node.id.type !== 'ObjectPattern' || !node.init || !isProcess(node.init)) return;
      const readsEnvironment = node.id.properties.some(
        (property) =>
          property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'env',
      );
      if (readsEnvironment) lines.add(source.lineOf(node.start));
    },
  }).visit(source.program);
  return [...lines].toSorted((left, right) => left - right);
}
