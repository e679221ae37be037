import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';
import { searchPath } from './environment.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const;

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Null where this machine has none. */
export function findBrowser(): string | null {
  const files = searchPath()
    .split(delimiter)
    .flatMap((directory) => NAMES.map((name) => join(directory, name)));
  return files.find(isExecutable) ?? null;
}

export function skipWithoutBrowser(context: TestContext): void {
  context.skip(findBrowser() === null, `no browser: none of ${NAMES.join(', ')} is on the search path`);
}
