import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { ImportReference } from './find-imports.ts';
import { bundledFolders, closedFolders, computedImportFiles, packageRules } from './rules.ts';
import type { Manifest, WorkspacePackage } from './workspace-package.ts';

export interface ImportContext {
  readonly file: string;
  readonly isTest: boolean;
  readonly owner: WorkspacePackage;
  readonly packages: readonly WorkspacePackage[];
  /** What the root offers to every test: the test runner and the like. */
  readonly rootManifest: Manifest;
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** `@scope/name/sub/path` is `@scope/name` and `./sub/path`. */
function splitSpecifier(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: ['.', ...parts.slice(length)].join('/') };
}

function checkRelative(specifier: string, context: ImportContext): string | null {
  const target = posix.join(posix.dirname(context.file), specifier);
  if (!isInside(target, context.owner.directory)) return `${specifier} leaves ${context.owner.directory}`;
  const closed = closedFolders.find((folder) => isInside(context.file, folder));
  if (closed && !context.isTest && !isInside(target, closed)) return `${specifier} leaves ${closed}`;
  return null;
}

function checkNeighbour(
  specifier: string,
  kind: ImportReference['kind'],
  context: ImportContext,
): string | null {
  if (context.isTest) return null;
  const rules = packageRules[context.owner.manifest.name];
  if (!rules) return `${context.owner.manifest.name} has no line in scripts/arrows/rules.ts`;
  const { name } = splitSpecifier(specifier);
  const matches = (allowed: string): boolean => allowed === specifier || allowed === name;
  if (rules.neighbours.some(matches)) return null;
  if (!rules.lazyNeighbours?.some(matches))
    return `no arrow leads from ${context.owner.manifest.name} to ${specifier}`;
  return kind === 'static' ? `${specifier} is loaded on first use: import() it` : null;
}

function checkDeclared(specifier: string, context: ImportContext): string | null {
  const { name } = splitSpecifier(specifier);
  const { manifest } = context.owner;
  const isBundled =
    packageRules[manifest.name]?.isBundled === true ||
    bundledFolders.some((folder) => isInside(context.file, folder));
  const takesDevelopment = context.isTest || isBundled;
  const declared = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
    ...(takesDevelopment ? manifest.devDependencies : {}),
    ...(context.isTest ? context.rootManifest.devDependencies : {}),
  };
  if (name in declared || `@types/${name}` in declared) return null;
  return `${name} is not declared in ${context.owner.directory}/package.json`;
}

/** What is never published cannot be installed along with a package that is. */
function checkPublished(target: WorkspacePackage, context: ImportContext): string | null {
  const { manifest } = context.owner;
  const { name } = target.manifest;
  const installed = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  };
  if (target.manifest.private !== true || manifest.private === true || !(name in installed)) return null;
  return `${name} is never published: it belongs to the devDependencies of ${context.owner.directory}`;
}

function checkPackage(
  specifier: string,
  kind: ImportReference['kind'],
  context: ImportContext,
): string | null {
  const closed = closedFolders.find((folder) => isInside(context.file, folder));
  if (closed && !context.isTest)
    return `${closed} imports nothing but Node.js and itself, so not ${specifier}`;
  const { name, subpath } = splitSpecifier(specifier);
  const target = context.packages.find((candidate) => candidate.manifest.name === name);
  if (target && !(subpath in (target.manifest.exports ?? {}))) return `${name} does not export ${subpath}`;
  if (name === context.owner.manifest.name) return null;
  const refusal = target && (checkNeighbour(specifier, kind, context) ?? checkPublished(target, context));
  return refusal ?? checkDeclared(specifier, context);
}

/** What is wrong with one import, or null. */
export function checkImport(reference: ImportReference, context: ImportContext): string | null {
  const { specifier, kind } = reference;
  if (specifier === null) {
    const isAllowed = context.isTest || computedImportFiles.includes(context.file);
    return isAllowed ? null : 'a computed import cannot be checked';
  }
  if (isBuiltin(specifier)) return null;
  if (specifier.startsWith('.')) return checkRelative(specifier, context);
  if (specifier.startsWith('#')) return null;
  if (specifier.startsWith('/') || specifier.includes(':')) return `${specifier} is not a package`;
  return checkPackage(specifier, kind, context);
}
