import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const lines = readFileSync(join(dirname(import.meta.dirname), 'pnpm-lock.yaml'), 'utf8').split('\n');
// A lockfile that names a host installs from there, whatever registry the user has chosen.
const found = lines.flatMap((line, index) =>
  /https?:\/\/|tarball:/.test(line) ? [`${index + 1}: ${line.trim()}`] : [],
);
for (const line of found) console.error(`pnpm-lock.yaml:${line}`);
process.exitCode = found.length > 0 ? 1 : 0;
