import { basename } from 'node:path';
import type { ParsedSource } from './parse-source.ts';

/** The lines where a file re-exports wholesale, or where an index does more than re-export by name. */
export function checkShape(file: string, source: ParsedSource): { line: number; message: string }[] {
  const isIndex = basename(file) === 'index.ts';
  return source.program.body.flatMap((statement) => {
    const line = source.lineOf(statement.start);
    if (statement.type === 'ExportAllDeclaration')
      return [{ line, message: '`export *`: name what is exported' }];
    const isNamedReExport = statement.type === 'ExportNamedDeclaration' && statement.source !== null;
    return isIndex && !isNamedReExport
      ? [{ line, message: 'an index.ts re-exports by name and does nothing else' }]
      : [];
  });
}
