import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Page {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export const ROOT_DIRECTORY: string = fileURLToPath(new URL('../../../../', import.meta.url));

export function readPage(file: string): Page {
  return { path: file, text: readFileSync(path.join(ROOT_DIRECTORY, file), 'utf8') };
}

/** Every page for readers: at the root, of each package, of the examples, and everything below docs. */
export function allPages(): Page[] {
  const packages = readdirSync(path.join(ROOT_DIRECTORY, 'packages')).map((name) => `packages/${name}`);
  const files = [
    ...['.', 'examples', ...packages].flatMap((directory) => filesOf(directory, false)),
    ...filesOf('docs', true),
  ];
  return files.filter((file) => file.endsWith('.md') && !file.endsWith('CHANGELOG.md')).map(readPage);
}

function filesOf(directory: string, isRecursive: boolean): string[] {
  return readdirSync(path.join(ROOT_DIRECTORY, directory), { recursive: isRecursive, encoding: 'utf8' }).map(
    (name) => path.posix.join(directory, name.replaceAll(path.sep, '/')),
  );
}
