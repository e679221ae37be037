import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** A directory for the tests of one file, which is gone after them. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'cloche-cli-'));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a file, and the directories above it. */
export function plant(directory: string, name: string, content: string | Uint8Array, mode = 0o644): string {
  const file = path.join(directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
  return file;
}
