import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { collectFunction, FileReceiver, shellQuote } from '../src/index.ts';
import { findShell, SHELLS, temporaryDirectory } from './support/find-shell.ts';

const LIMIT_BYTES = 100;

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}

test.for(SHELLS)('what %s collects is what a receiver reads', async (name, context) => {
  const shell = findShell(name);
  if (shell === null) return context.skip(`${name} of Linux is missing`);
  const home = temporaryDirectory();
  const work = path.join(home, 'work');
  mkdirSync(path.join(work, 'closed'), { recursive: true });
  writeFileSync(path.join(work, 'closed/kept'), 'kept');
  linkSync(path.join(work, 'closed/kept'), path.join(work, 'second-name'));
  writeFileSync(path.join(work, 'large'), 'x'.repeat(LIMIT_BYTES + 1));
  symlinkSync('/etc/passwd', path.join(work, 'link'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path.join(work, 'socket'), resolve));
  onTestFinished(() => void server.close());
  chmodSync(path.join(work, 'closed'), 0);
  const script = `cloche_limit=${LIMIT_BYTES}\n${collectFunction(shellQuote(home))}collect work\n`;
  const receiver = new FileReceiver([], { bytes: 1000, count: 10, scratchBytes: 100_000 });
  receiver.push(shell.run(script, home));
  const { files, omitted, isComplete } = await receiver.finish();
  expect(files.map((file) => ({ path: file.path, text: String(file.content) })).toSorted(byPath)).toEqual([
    { path: 'closed/kept', text: 'kept' },
    { path: 'second-name', text: 'kept' },
  ]);
  expect(omitted.toSorted(byPath)).toEqual([
    { path: 'large', reason: 'too_large' },
    { path: 'link', reason: 'not_a_regular_file' },
    { path: 'socket', reason: 'not_a_regular_file' },
  ]);
  expect(isComplete).toBe(true);
});
