import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest, readPackages } from '../arrows/workspace-package.ts';

const root = join(import.meta.dirname, '../..');

function namedInManifests(): string[] {
  const packages = readPackages(root).map(({ manifest }) => manifest);
  const own = new Set(packages.map(({ name }) => name));
  const names = [readManifest(join(root, 'package.json')), ...packages].flatMap((manifest) =>
    Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }),
  );
  return [...new Set(names)]
    .filter((name) => !own.has(name))
    .toSorted((left, right) => left.localeCompare(right));
}

test('docs/decisions/dependencies.md has a line for every dependency, and for no other', () => {
  const page = readFileSync(join(root, 'docs/decisions/dependencies.md'), 'utf8');
  const described = [...page.matchAll(/^\| `([^`]+)` +\|/gm)].flatMap(([, name]) => name ?? []);
  expect(described.toSorted((left, right) => left.localeCompare(right))).toEqual(namedInManifests());
});
