import type { TestContext } from 'vitest';
import type { ShellResult } from './run-in-shell.ts';

const MISSING = /^cloche: (?<reason>.+ needs .+, which is not on this machine's PATH\.)/mu;

/** Skips a test whose command was refused because this machine lacks the language, with Cloche's own reason. */
export function skipWithoutToolchain({ stderr }: ShellResult, context: TestContext): void {
  const reason = MISSING.exec(stderr)?.groups?.['reason'];
  context.skip(reason !== undefined, reason);
}
