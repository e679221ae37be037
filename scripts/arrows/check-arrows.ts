import { basename, join } from 'node:path';
import { checkImport } from './check-import.ts';
import { checkShape } from './check-shape.ts';
import { findEnvironmentReads } from './find-environment-reads.ts';
import { findImports } from './find-imports.ts';
import { parseSource } from './parse-source.ts';
import { environmentFileName } from './rules.ts';
import { readManifest, readPackages } from './workspace-package.ts';

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

function isTestFile(file: string): boolean {
  return /^packages\/[^/]+\/(test|bench)\//.test(file) || /\.(test|bench)\.[cm]?tsx?$/.test(file);
}

/** Every way in which the packages under `root` import what they may not. */
export function checkArrows(root: string): Violation[] {
  const packages = readPackages(root);
  const rootManifest = readManifest(join(root, 'package.json'));
  const violations: Violation[] = [];
  for (const owner of packages) {
    for (const file of owner.files) {
      const source = parseSource(join(root, file));
      const isTest = isTestFile(file);
      const add = (line: number, message: string | null): void => {
        if (message !== null) violations.push({ file, line, message });
      };
      for (const reference of findImports(source)) {
        add(reference.line, checkImport(reference, { file, isTest, owner, packages, rootManifest }));
      }
      if (isTest) continue;
      for (const { line, message } of checkShape(file, source)) add(line, message);
      if (basename(file) === environmentFileName) continue;
      for (const line of findEnvironmentReads(source)) {
        add(line, `process.env is read in ${environmentFileName} alone`);
      }
    }
  }
  return violations;
}
