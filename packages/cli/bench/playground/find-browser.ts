import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { environment } from '../../src/environment.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const;

/** Null where this machine has none. */
export function findBrowser(): string | null {
  const directories = (environment['PATH'] ?? '').split(path.delimiter);
  const files = directories.flatMap((directory) => NAMES.map((name) => path.join(directory, name)));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
