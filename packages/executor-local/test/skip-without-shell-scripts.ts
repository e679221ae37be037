import type { TestContext } from 'vitest';

/** Skips a test whose programs are files that begin with `#!/bin/sh`. */
export function skipWithoutShellScripts(context: TestContext): void {
  context.skip(process.platform === 'win32', 'Windows starts no shell script as a program');
}
