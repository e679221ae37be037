import { createExecutorHost } from '@cloche/core';
import { createPlan, formatOwner } from '@cloche/core/executor';
import { localExecutor } from '@cloche/executor-local';
import { testEnvironment } from './environment.ts';

/**
 * A process that owns one run until its standard input ends, for tests that end it otherwise.
 * Words: `required` or `off`, a word by which the run's processes are known. Prints its own name as an owner when
 * the program is under way, and the run's status at the end.
 */
const [sandbox, mark = ''] = process.argv.slice(2);

/** A program with a child of its own group and one in a session of its own; all carry the mark. */
const PROGRAM = `
import subprocess, sys
sleeper = [sys.executable, '-c', 'import time; time.sleep(600)', sys.argv[1]]
quiet = dict(stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
subprocess.Popen(sleeper, **quiet)
subprocess.Popen(sleeper, start_new_session=True, **quiet)
print('up', flush=True)
sys.stdin.read()
`;

const host = createExecutorHost({ environment: testEnvironment() });
const executor = localExecutor.create({ sandbox: sandbox === 'off' ? 'off' : 'required' }, host);
const plan = createPlan({
  language: 'python',
  code: PROGRAM,
  arguments: [mark],
  stdin: { kind: 'stream' },
});
const execution = executor.execute(plan, { signal: new AbortController().signal });
process.stdin.on('end', () => execution.closeStdin()).resume();
let isUnderWay = false;
for await (const event of execution) {
  if (event.type === 'stdout' && !isUnderWay) {
    isUnderWay = true;
    console.log(formatOwner(host.owner));
  }
}
console.log((await execution.result).status);
await executor[Symbol.asyncDispose]();
