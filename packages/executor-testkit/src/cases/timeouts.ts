import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionResult } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import type { CaseContext } from '../case-context.ts';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import { compileOf, expectStatus, okText, runOf } from '../expectations.ts';
import type { EndlessProgram } from './endless-programs.ts';
import { ENDLESS_PROGRAMS, endless, endlessCompile, flood, leavesProcessBehind } from './endless-programs.ts';
import { expectNothingAlive, processMark } from './process-marks.ts';
import { python } from './requests.ts';

const RUN_TIMEOUT_MS = 2000;
/** How much longer than its limit a phase may take until everything is ended. */
const GRACE_MS = 5000;

function expectTimeout(result: ExecutionResult): void {
  expectStatus(result, 'timeout');
  const run = runOf(result);
  assert.equal(result.stoppedIn, 'run');
  assert.equal(run.stoppedBy, 'timeout');
  assert.equal(run.exitCode, null, 'an exit code was made up for a program that was ended');
  assert.ok(
    run.durationMs >= RUN_TIMEOUT_MS - 100,
    `it was ended after ${run.durationMs} ms, before its time`,
  );
  assert.ok(run.durationMs <= RUN_TIMEOUT_MS + GRACE_MS, `it was ended only after ${run.durationMs} ms`);
}

function timeoutCase(name: EndlessProgram): ConformanceCase {
  return {
    id: `timeout-${name}`,
    title: `ends the whole process tree at the deadline: ${name.replaceAll('-', ' ')}`,
    languages: ['python'],
    run: async (context: CaseContext) => {
      const mark = processMark();
      const { result } = await context.run(
        endless(name, { arguments: [mark], limits: { runTimeoutMs: RUN_TIMEOUT_MS } }),
      );
      expectTimeout(result);
      assert.equal(
        outputText(runOf(result).stdout),
        'before\n',
        'the output before the deadline is not kept',
      );
      await expectNothingAlive(context, mark);
    },
  };
}

export const TIMEOUT_CASES: ConformanceGroup = {
  concept: 'timeouts',
  cases: [
    ...(Object.keys(ENDLESS_PROGRAMS) as EndlessProgram[]).map(timeoutCase),
    {
      id: 'timeout-while-flooding',
      title: 'ends a program at the deadline that prints without end, and keeps what it printed',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(flood({ limits: { runTimeoutMs: RUN_TIMEOUT_MS } }));
        expectTimeout(result);
        const { stdout } = runOf(result);
        assert.ok(
          stdout.truncated && stdout.byteCount > 1_048_576,
          'the flood was not kept in head and tail',
        );
        assert.ok(Buffer.from(stdout.head).toString().startsWith('flood\nflood\n'));
      },
    },
    {
      id: 'timeout-while-nobody-reads',
      title: 'ends a flooding program at the deadline though its consumer has stopped reading',
      languages: ['python'],
      run: async (context) => {
        const execution = context.execute(context.plan(flood({ limits: { runTimeoutMs: RUN_TIMEOUT_MS } })));
        const iterator = execution[Symbol.asyncIterator]();
        const first = await context.wait(iterator.next(), 'the first event');
        assert.equal(first.done, false);
        expectTimeout(await context.wait(execution.result, 'the result'));
      },
    },
    {
      id: 'timeout-in-the-compiler',
      title: 'ends a compiler at its own deadline, and runs nothing',
      languages: ['rust'],
      run: async (context) => {
        const mark = processMark();
        const limits = { compileTimeoutMs: RUN_TIMEOUT_MS };
        const { result } = await context.run(
          endlessCompile({ limits, compileArguments: ['--cfg', mark.replaceAll('-', '_')] }),
        );
        expectStatus(result, 'timeout');
        assert.equal(result.stoppedIn, 'compile');
        assert.equal(compileOf(result).stoppedBy, 'timeout');
        assert.equal(result.run, null);
        await expectNothingAlive(context, mark.replaceAll('-', '_'));
      },
    },
    {
      id: 'timeout-not-reached',
      title: 'lets a program end that stays within its time, and does not wait for the rest',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(
          python(`import time\ntime.sleep(1)\nprint("in time")\n`, { limits: { runTimeoutMs: 50_000 } }),
        );
        assert.equal(okText(result), 'in time\n');
        const run = runOf(result);
        assert.equal(run.stoppedBy, null);
        assert.ok(run.durationMs >= 900 && run.durationMs < 25_000, `a second took ${run.durationMs} ms`);
      },
    },
    {
      id: 'process-left-behind',
      title: 'ends what a program leaves in the background, and does not wait for it',
      languages: ['python'],
      run: async (context) => {
        const mark = processMark();
        const { result } = await context.run(leavesProcessBehind({ arguments: [mark] }));
        assert.equal(okText(result), 'before\n');
        await expectNothingAlive(context, mark);
      },
    },
    {
      id: 'timeout-ends-the-output',
      title: 'passes on no output after the result',
      languages: ['python'],
      run: async (context) => {
        const { result, events } = await context.run(
          endless('setsid', { limits: { runTimeoutMs: RUN_TIMEOUT_MS } }),
        );
        expectTimeout(result);
        const count = events.length;
        await delay(300);
        assert.equal(events.length, count);
        assert.equal(events.at(-1)?.type, 'result');
      },
    },
  ],
};
