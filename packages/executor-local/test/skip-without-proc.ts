import type { TestContext } from 'vitest';

/** Skips a test that looks at processes and descriptors where Linux shows them. */
export function skipWithoutProc(context: TestContext): void {
  context.skip(process.platform !== 'linux', '/proc is of Linux alone');
}
