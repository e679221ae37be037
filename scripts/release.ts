// Publishes what `npm run changeset version` has prepared, after every check has passed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '../node_modules');
const steps: readonly (readonly string[])[] = [
  [join(import.meta.dirname, 'check.ts')],
  [join(modules, '@changesets/cli/bin.js'), 'publish', ...process.argv.slice(2)],
];

for (const argv of steps) {
  const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
