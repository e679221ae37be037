import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { createExecutorHost } from '@cloche/core';
import { createPlan, outputText } from '@cloche/core/executor';
import { localExecutor } from '@cloche/executor-local';
import { testEnvironment } from './environment.ts';

/**
 * A process of a user of its own that runs one Python program from its standard input in the sandbox, for tests of
 * what depends on the user. Its word goes to the program as well. Prints as JSON what the program printed, what
 * came back, and how many processes with that word on their command line were alive when the result was there.
 */
const [mark = ''] = process.argv.slice(2);
const host = createExecutorHost({ environment: testEnvironment() });
const executor = localExecutor.create({ sandbox: 'required' }, host);
const plan = createPlan({ language: 'python', code: await text(process.stdin), arguments: [mark] });
const { run, artifacts } = await executor.execute(plan, { signal: new AbortController().signal }).result;
const survivors = readdirSync('/proc').filter(isMarked);
console.log(
  JSON.stringify({
    printed: run === null ? '' : outputText(run.stdout) + outputText(run.stderr),
    artifacts: artifacts.map(({ path, content }) => [path, Buffer.from(content).toString()]),
    survivors: survivors.length,
  }),
);
await executor[Symbol.asyncDispose]();

function isMarked(pid: string): boolean {
  // This process has the word on its command line, and so has what it was started by.
  if (!/^\d+$/u.test(pid) || [process.pid, process.ppid].includes(Number(pid))) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(mark);
  } catch {
    // Gone between the listing and the look.
    return false;
  }
}
