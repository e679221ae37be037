import { expect, test } from 'vitest';
import { exitOf, shellQuote } from '../src/index.ts';
import { findShell, SHELLS, temporaryDirectory } from './support/find-shell.ts';

const ENDINGS = [
  ['exit 0', { exitCode: 0, signal: null }],
  ['exit 3', { exitCode: 3, signal: null }],
  ['exit 137', { exitCode: 137, signal: null }],
  ['kill -9 $$', { exitCode: null, signal: 'SIGKILL' }],
  ['kill -13 $$', { exitCode: null, signal: 'SIGPIPE' }],
  ['kill -34 $$', { exitCode: null, signal: 'SIG34' }],
] as const;

const cases = SHELLS.flatMap((shell) => ENDINGS.map(([program, exit]) => [shell, program, exit] as const));

test.for(cases)('%s tells how a program ended: %s', ([name, program, exit], context) => {
  const shell = findShell(name);
  if (shell === null) return context.skip(`${name} of Linux is missing`);
  const script = `exec 2>&1\nset -m\nsh -c ${shellQuote(program)} &\nwait "$!"\ncode=$?\njobs\necho "$code"`;
  const lines = shell.run(script, temporaryDirectory()).toString().trimEnd().split('\n');
  const code = Number(lines.pop());
  expect(exitOf(code, lines.join(' '))).toEqual(exit);
});

test('an end that nobody saw is no exit code', () => {
  expect(exitOf(null, 'Killed')).toEqual({ exitCode: null, signal: null });
});
