// Run in a package's folder, after its build: checks the tarball that would be published.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findImports } from './arrows/find-imports.ts';
import { parseSource } from './arrows/parse-source.ts';
import { readManifest } from './arrows/workspace-package.ts';
import { contentProblems } from './package-content.ts';

const modules = join(import.meta.dirname, '../node_modules');
const temporary = mkdtempSync(join(tmpdir(), 'cloche-package-'));

/** One that fails does not keep the others from running. */
function run(file: string, argv: readonly string[]): void {
  const { status, error } = spawnSync(file, argv, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exitCode = 1;
}

/** What the published files import without bringing it along. */
function findUndeclaredImports(folder: string): string[] {
  const manifest = readManifest(join(folder, 'package.json'));
  const bundled: string[] = [];
  const declared = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  };
  // The command brings the contract along as a file of its own, and resolves the package from source only.
  if (existsSync(join(folder, 'dist/executor-contract.js'))) bundled.push('@cloche/core/executor');
  const isDeclared = (specifier: string): boolean =>
    [...Object.keys(declared), ...bundled].some(
      (name) => specifier === name || specifier.startsWith(`${name}/`),
    );
  return globSync('{dist,bin}/**/*.{js,cjs}', { cwd: folder }).flatMap((file) =>
    findImports(parseSource(join(folder, file)))
      .flatMap(({ specifier }) => specifier ?? [])
      .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier) && !isDeclared(specifier))
      .map((specifier) => `${file}: ${specifier} is not declared`),
  );
}

try {
  run('pnpm', ['pack', '--out', join(temporary, 'package.tgz')]);
  run('tar', ['-xzf', join(temporary, 'package.tgz'), '-C', temporary]);
  const published = join(temporary, 'package');
  const problems = [...contentProblems(published), ...findUndeclaredImports(published)];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  const tarball = join(temporary, 'package.tgz');
  run(process.execPath, [join(modules, 'publint/src/cli.js'), 'run', tarball, '--strict']);
  const attw = join(modules, '@arethetypeswrong/cli/dist/index.js');
  run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji']);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
