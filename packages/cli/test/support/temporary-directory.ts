import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A directory for the tests of one file, which is gone after them. Called outside of every test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'cloche-cli-'));
  afterAll(() => remove(directory));
  return directory;
}

/** A directory for the test that calls this, which is gone after it. */
export function temporaryDirectoryOfTest(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'cloche-cli-'));
  onTestFinished(() => remove(directory));
  return directory;
}

function remove(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true });
}

/** Writes a file, and the directories above it. */
export function plant(directory: string, name: string, content: string | Uint8Array, mode = 0o644): string {
  const file = path.join(directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
  return file;
}
