import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { environment } from '../src/environment.ts';

const PACKAGE_DIRECTORY = path.join(import.meta.dirname, '..');
const ROOT_DIRECTORY = path.join(PACKAGE_DIRECTORY, '../..');

/** Builds, packs and installs the command as a user gets it. Returns the path of its entry. */
export function installPackedCommand(directory: string): string {
  return path.join(installPacked(PACKAGE_DIRECTORY, directory), 'cloche/bin/cloche.cjs');
}

/** The same for the MCP server's own package. */
export function installPackedServer(directory: string): string {
  const packageDirectory = path.join(ROOT_DIRECTORY, 'packages/mcp-server');
  const name = '@cloche/mcp-server';
  return path.join(installPacked(packageDirectory, directory), name, 'bin/cloche-mcp-server.cjs');
}

/** Returns the folder of installed packages. */
function installPacked(packageDirectory: string, directory: string): string {
  const run = (file: string, argv: readonly string[], workingDirectory: string): void => {
    execFileSync(file, argv, { cwd: workingDirectory, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  run(process.execPath, [path.join(ROOT_DIRECTORY, 'node_modules/tsdown/dist/run.mjs')], packageDirectory);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  run(npm, ['pack', '--silent', '--pack-destination', directory], packageDirectory);
  const [tarball = ''] = globSync('*.tgz', { cwd: directory });
  const prefix = path.join(directory, 'installed');
  mkdirSync(prefix);
  writeFileSync(path.join(prefix, 'package.json'), '{ "private": true }\n');
  // Offline: everything that it needs is inside.
  run(
    npm,
    ['install', '--silent', '--offline', '--no-audit', '--no-fund', path.join(directory, tarball)],
    prefix,
  );
  return path.join(prefix, 'node_modules');
}

/** What Cloche keeps goes below `directory`, and nothing that is configured here counts. */
export function ownEnvironment(directory: string): Record<string, string | undefined> {
  const inherited = Object.entries(environment).filter(([name]) => !/^(?:CLOCHE|DAYTONA)_/u.test(name));
  return { ...Object.fromEntries(inherited), CLOCHE_HOME: path.join(directory, 'cloche'), LANG: 'C' };
}
