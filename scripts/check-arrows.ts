import { dirname } from 'node:path';
import { checkArrows } from './arrows/check-arrows.ts';
import { readPackages } from './arrows/workspace-package.ts';

const root = dirname(import.meta.dirname);
const violations = checkArrows(root);
for (const { file, line, message } of violations) console.error(`${file}:${line}: ${message}`);
const fileCount = readPackages(root).reduce((count, { files }) => count + files.length, 0);
console.log(`${fileCount} files, ${violations.length} violations`);
// A checker that looked at nothing has not shown anything.
process.exitCode = violations.length > 0 || fileCount === 0 ? 1 : 0;
