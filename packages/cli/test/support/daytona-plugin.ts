import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { CliResult } from './cli-process.ts';
import { runCli } from './cli-process.ts';

const ROOT = path.join(import.meta.dirname, '../../../..');
const PLUGIN = path.join(ROOT, 'packages/executor-daytona');
const CACHE = path.join(ROOT, 'node_modules/.cache/cloche/daytona-plugin');
const TSDOWN = path.join(ROOT, 'node_modules/tsdown/dist/run.mjs');
/** What the command says where npm cannot reach its registry. */
const REGISTRY_HINT = 'Check that the registry can be reached';
const STALE_MS = 24 * 3600 * 1000;

interface AddedPlugin {
  /** What is kept below CLOCHE_HOME once the plugin is added, to be copied. */
  readonly home: string;
  /** How `cloche executors add` ended. */
  readonly added: CliResult;
}

/**
 * Builds and packs the real executor, and adds it as a person does, with the SDK from the registry. Once for what
 * goes into the archive: further test files, and runs, get the same directory.
 */
export async function addDaytonaPlugin(): Promise<AddedPlugin> {
  mkdirSync(CACHE, { recursive: true });
  const staging = path.join(CACHE, `.staging-${randomUUID()}`);
  try {
    const key = buildPackage(path.join(staging, 'package'));
    const target = path.join(CACHE, key);
    if (!existsSync(target)) await addTo(staging, target);
    return readAdded(target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function addTo(staging: string, target: string): Promise<void> {
  const archive = packPackage(staging);
  const added = await runCli(['executors', 'add', `./${archive}`], { directory: staging });
  writeFileSync(path.join(staging, 'added.json'), JSON.stringify(added));
  if (added.stderr.includes(REGISTRY_HINT)) throw new RegistryUnreachable(added.stderr.split('\n')[0]);
  if (added.exitCode !== 0) throw new Error(`the plugin could not be added: ${added.stderr}`);
  try {
    renameSync(staging, target);
  } catch (error) {
    // Somebody else was quicker.
    if (!existsSync(target)) throw error;
  }
  removeStale(target);
}

/** Then the tests cannot run; whatever else goes wrong is a failure. */
export class RegistryUnreachable extends Error {}

function readAdded(directory: string): AddedPlugin {
  const added = JSON.parse(readFileSync(path.join(directory, 'added.json'), 'utf8')) as CliResult;
  return { home: path.join(directory, 'cloche'), added };
}

/** @returns what tells apart the packages that this makes */
function buildPackage(directory: string): string {
  mkdirSync(directory, { recursive: true });
  execFileSync(process.execPath, [TSDOWN, '--out-dir', path.join(directory, 'dist')], {
    cwd: PLUGIN,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const manifest = JSON.stringify(publishedManifest());
  writeFileSync(path.join(directory, 'package.json'), manifest);
  const hash = createHash('sha256').update(manifest).update(process.version);
  for (const name of readdirSync(path.join(directory, 'dist')).toSorted())
    hash.update(name).update(readFileSync(path.join(directory, 'dist', name)));
  return hash.digest('hex').slice(0, 16);
}

/** The manifest as pnpm publishes it: without words that only this workspace knows. */
function publishedManifest(): unknown {
  const manifest = readJson('package.json');
  const names = Object.keys(manifest['dependencies'] as Record<string, string>);
  const dependencies = Object.fromEntries(
    names.map((name) => [name, readJson(`node_modules/${name}/package.json`)['version']]),
  );
  const { exports } = manifest['publishConfig'] as { readonly exports: unknown };
  const peerDependencies = { '@cloche/core': '*' };
  return { ...manifest, exports, dependencies, peerDependencies, devDependencies: {}, scripts: {} };
}

function readJson(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(PLUGIN, name), 'utf8')) as Record<string, unknown>;
}

function packPackage(staging: string): string {
  const output = execFileSync('npm', ['pack', '--silent', '--pack-destination', staging], {
    cwd: path.join(staging, 'package'),
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  return output.trim();
}

/** Each has the SDK in it, some 100 MB. */
function removeStale(current: string): void {
  for (const name of readdirSync(CACHE)) {
    const directory = path.join(CACHE, name);
    if (directory === current) continue;
    const changedAtMs = statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - changedAtMs > STALE_MS) rmSync(directory, { recursive: true, force: true });
  }
}

/** Gives a test's directory the plugin, as if it had been added there. */
export function copyPlugin({ home }: AddedPlugin, directory: string): void {
  const from = path.join(home, 'data');
  const to = path.join(directory, 'cloche/data');
  mkdirSync(path.dirname(to), { recursive: true });
  try {
    // Links cost nothing; between file systems there are none.
    execFileSync('cp', ['--archive', '--link', from, to], { stdio: 'ignore' });
  } catch {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  }
}
