import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  readonly name: string;
  /** It is never published. */
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  /** Relative to the root, with slashes: `packages/core`. */
  readonly directory: string;
  readonly manifest: Manifest;
  /** Relative to the root, with slashes. */
  readonly files: readonly string[];
}

export function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

const sourceGlob = '{src,test,bin,bench}/**/*.{ts,tsx,mts,cts,js,mjs,cjs}';
const generated = ['node_modules', 'dist', 'fixtures'];

/** The packages under `packages/`, with the files whose imports count. */
export function readPackages(root: string): WorkspacePackage[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((directory) => existsSync(join(root, directory, 'package.json')))
    .map((directory) => ({
      directory,
      manifest: readManifest(join(root, directory, 'package.json')),
      files: globSync(sourceGlob, {
        cwd: join(root, directory),
        exclude: (path) => generated.some((name) => path.split(/[\\/]/).includes(name)),
      }).map((file) => `${directory}/${file.replaceAll('\\', '/')}`),
    }));
}
