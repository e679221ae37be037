import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionEvent, ExecutionRequest, ExecutionResult } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import type { CaseContext, Start, StartOptions } from '../case-context.ts';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectStatus, okText, runOf } from '../expectations.ts';
import { stagesOf } from '../observation.ts';
import { endless, endlessCompile, flood } from './endless-programs.ts';
import { expectNothingAlive, processMark } from './process-marks.ts';
import { bash, python } from './requests.ts';

/** Starts a program and waits until it has shown what `predicate` waits for. */
async function startUntil(
  context: CaseContext,
  request: ExecutionRequest,
  predicate: (event: ExecutionEvent) => boolean,
  options: Omit<StartOptions, 'onEvent'> = {},
): Promise<Start> {
  const shown = Promise.withResolvers<void>();
  const onEvent = (event: ExecutionEvent): void => {
    if (predicate(event)) shown.resolve();
  };
  const start = context.start(request, { ...options, onEvent });
  await context.wait(
    Promise.race([shown.promise, start.observation.then(() => undefined)]),
    'the moment to act',
  );
  return start;
}

/** Output shows that the program has begun; without live output, time must do. */
export async function startRunning(
  context: CaseContext,
  request: ExecutionRequest,
  options: Omit<StartOptions, 'onEvent'> = {},
): Promise<Start> {
  if (context.capabilities.liveOutput)
    return await startUntil(context, request, ({ type }) => type === 'stdout', options);
  const start = await startUntil(context, request, isStart('run'), options);
  await delay(2000);
  return start;
}

function isStart(stage: 'compile' | 'run'): (event: ExecutionEvent) => boolean {
  return (event) => event.type === 'stage' && event.stage === stage && event.state === 'started';
}

function expectCancelled(result: ExecutionResult): void {
  expectStatus(result, 'cancelled');
  assert.equal(result.stoppedIn, 'run');
  assert.equal(runOf(result).stoppedBy, 'cancelled');
  assert.equal(runOf(result).exitCode, null, 'an exit code was made up for a program that was ended');
}

export const CANCEL_CASES: ConformanceGroup = {
  concept: 'cancel',
  cases: [
    {
      id: 'cancel-before-the-start',
      title: 'starts nothing where the signal is aborted already',
      languages: ['bash'],
      run: async (context) => {
        const { result, events } = await context.run(bash(`echo started\n`), { signal: AbortSignal.abort() });
        expectStatus(result, 'cancelled');
        assert.deepEqual([result.compile, result.run, result.stoppedIn], [null, null, null]);
        assert.ok(!stagesOf(events).some(({ stage }) => stage === 'run'));
        assert.deepEqual(result.artifacts, []);
      },
    },
    {
      id: 'cancel-at-once',
      title: 'can be cancelled right after execute() returned',
      languages: ['python'],
      run: async (context) => {
        const mark = processMark();
        const { observation, cancel } = context.start(endless('sleep', { arguments: [mark] }));
        cancel();
        const { result } = await context.wait(observation, 'the result');
        expectStatus(result, 'cancelled');
        await expectNothingAlive(context, mark);
      },
    },
    {
      id: 'cancel-in-the-compiler',
      title: 'ends a compiler when cancelled, and runs nothing',
      languages: ['rust'],
      run: async (context) => {
        const { observation, cancel } = await startUntil(context, endlessCompile(), isStart('compile'));
        await delay(500);
        cancel();
        const { result } = await context.wait(observation, 'the result');
        expectStatus(result, 'cancelled');
        assert.equal(result.stoppedIn, 'compile');
        assert.equal(result.compile?.stoppedBy, 'cancelled');
        assert.equal(result.run, null);
      },
    },
    {
      id: 'cancel-while-running',
      title: 'ends the whole process tree when cancelled, and keeps the output so far',
      languages: ['python'],
      run: async (context) => {
        const mark = processMark();
        const { observation, cancel } = await startRunning(context, endless('setsid', { arguments: [mark] }));
        cancel();
        const { result } = await context.wait(observation, 'the result');
        expectCancelled(result);
        assert.equal(outputText(runOf(result).stdout), 'before\n');
        await expectNothingAlive(context, mark);
      },
    },
    {
      id: 'cancel-while-flooding',
      title: 'can be cancelled while output floods, and keeps its head and tail',
      languages: ['python'],
      run: async (context) => {
        let seen = 0;
        const hasFlooded = (event: ExecutionEvent): boolean => {
          if (event.type === 'stdout') seen += event.data.length;
          return seen > 2_000_000;
        };
        const request = flood();
        const { observation, cancel } = context.capabilities.liveOutput
          ? await startUntil(context, request, hasFlooded)
          : await startRunning(context, request);
        cancel();
        const { result } = await context.wait(observation, 'the result');
        expectCancelled(result);
        assert.ok(runOf(result).stdout.byteCount > 2_000_000, 'less was counted than had streamed');
        assert.ok(runOf(result).stdout.head.length > 0 && runOf(result).stdout.tail.length > 0);
      },
    },
    {
      id: 'cancel-while-stdin-waits',
      title: 'can be cancelled while the program waits for input',
      languages: ['python'],
      run: async (context) => {
        const stdin = context.capabilities.stdin.includes('stream') ? ({ kind: 'stream' } as const) : '';
        const code = `import os, sys, time\nos.write(1, b"before\\n")\nsys.stdin.read()\ntime.sleep(90)\n`;
        const { observation, execution, cancel } = await startRunning(context, python(code, { stdin }));
        cancel();
        const { result } = await context.wait(observation, 'the result');
        expectCancelled(result);
        assert.equal(outputText(runOf(result).stdout), 'before\n');
        assert.equal(await context.wait(execution.write(Buffer.from('late')), 'the write'), false);
      },
    },
    {
      id: 'cancel-while-nobody-reads',
      title: 'can be cancelled though its consumer has stopped reading',
      languages: ['python'],
      run: async (context) => {
        const abort = new AbortController();
        const plan = context.plan(flood());
        const execution = context.execute(plan, { signal: abort.signal });
        await context.wait(execution[Symbol.asyncIterator]().next(), 'the first event');
        await delay(1000);
        abort.abort();
        expectStatus(await context.wait(execution.result, 'the result'), 'cancelled');
      },
    },
    {
      id: 'cancel-after-the-end',
      title: 'changes nothing when cancelled after the end',
      languages: ['bash'],
      run: async (context) => {
        const { observation, cancel, execution } = context.start(bash(`echo done\n`));
        const { result } = await context.wait(observation, 'the result');
        cancel();
        await delay(50);
        assert.equal(okText(result), 'done\n');
        assert.equal(await context.wait(execution.result, 'the result'), result);
      },
    },
    {
      id: 'cancel-one-of-two',
      title: 'leaves other executions alone when one is cancelled',
      languages: ['python'],
      run: async (context) => {
        const other = context.start(
          python(`import time\nprint("first")\ntime.sleep(2.5)\nprint("second")\n`),
        );
        const { observation, cancel } = await startRunning(context, endless('sleep'));
        cancel();
        expectCancelled((await context.wait(observation, 'the result')).result);
        assert.equal(
          okText((await context.wait(other.observation, 'the other result')).result),
          'first\nsecond\n',
        );
      },
    },
  ],
};
