import type { TestContext } from 'vitest';

/** Skips a test of what the owner and the mode of a file say. */
export function skipWithoutFileModes(context: TestContext): void {
  context.skip(process.platform === 'win32', 'Windows has no such owners and modes');
}
