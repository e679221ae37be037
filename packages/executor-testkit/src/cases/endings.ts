import assert from 'node:assert/strict';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import { expectStatus, runOf } from '../expectations.ts';
import { bash, python } from './requests.ts';

/** Those that shells, engines and sandboxes use for purposes of their own among them. */
const EXIT_CODES = [0, 1, 2, 124, 125, 126, 127, 128, 137, 143, 255];
const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGABRT', 'SIGINT', 'SIGPIPE'];

function exitCodeCase(exitCode: number): ConformanceCase {
  return {
    id: `exit-code-${exitCode}`,
    title: `reports exit code ${exitCode} as it is`,
    languages: ['bash'],
    run: async (context) => {
      const { result } = await context.run(bash(`exit ${exitCode}\n`));
      expectStatus(result, exitCode === 0 ? 'ok' : 'runtime_error');
      const run = runOf(result);
      assert.deepEqual([run.exitCode, run.signal, run.stoppedBy], [exitCode, null, null]);
      assert.deepEqual([result.stoppedIn, result.limit], [null, null]);
    },
  };
}

function signalCase(signal: string): ConformanceCase {
  return {
    id: `signal-${signal.toLowerCase()}`,
    title: `reports a program that ${signal} ended by the signal's name, without an exit code`,
    languages: ['python'],
    run: async (context) => {
      const code = `import os, signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
print("before", flush=True)
os.kill(os.getpid(), signal.${signal})
import time
time.sleep(5)
`;
      const program = signal === 'SIGKILL' ? code.replaceAll(/^signal\.signal.*\n/gmu, '') : code;
      const { result } = await context.run(python(program));
      expectStatus(result, 'runtime_error');
      const run = runOf(result);
      assert.deepEqual([run.exitCode, run.signal, run.stoppedBy], [null, signal, null]);
      assert.equal(Buffer.from(run.stdout.head).toString(), 'before\n');
    },
  };
}

export const ENDING_CASES: ConformanceGroup = {
  concept: 'endings',
  cases: [...EXIT_CODES.map(exitCodeCase), ...SIGNALS.map(signalCase)],
};
