import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './arrows/workspace-package.ts';
import { readManifest } from './arrows/workspace-package.ts';

type Targets = string | { readonly [condition: string]: Targets };

/** What everybody gets who installs a package, beside what it names itself. */
const ALWAYS = ['package.json', 'README.md', 'LICENSE'];
/** What is of use here alone. */
const STRAYS = [
  '{src,test,bench,node_modules,.turbo}/**',
  '**/*.{tsbuildinfo,tgz,log}',
  '**/!(*.d).ts',
  '*.config.*',
  'tsconfig.json',
];

/** What is missing in the folder of a package as it is published, and what should not be there. */
export function contentProblems(folder: string): string[] {
  const manifest = readManifest(join(folder, 'package.json'));
  const missing = [...ALWAYS, ...targetsOf(manifest)].filter((file) => !existsSync(join(folder, file)));
  const strays = globSync(STRAYS, { cwd: folder }).filter((file) => statSync(join(folder, file)).isFile());
  return [
    ...new Set(missing.map((file) => `${file} is not published`)),
    ...new Set(strays.map((file) => `${file} should not be published`)),
  ];
}

function targetsOf({ bin = {}, exports = {} }: Manifest): string[] {
  return [...filesOf(bin), ...filesOf(exports as Targets)];
}

function filesOf(targets: Targets): string[] {
  return typeof targets === 'string' ? [targets] : Object.values(targets).flatMap(filesOf);
}
