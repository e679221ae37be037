import { tracingChannel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { OutputCapture } from '../../src/executor/index.ts';
import type { ExecutionTrace } from '../../src/trace/execution-trace.ts';
import { EXECUTION_TRACE_CHANNEL } from '../../src/trace/execution-trace.ts';
import { isTraced } from '../../src/trace/trace-execution.ts';
import { failure } from '../runner/failure.ts';
import { phaseResult, resultOf, scriptedExecutor, unavailable } from '../runner/scripted-executor.ts';
import { testRunner } from '../runner/test-runner.ts';

const CANARY = 'canary-9f3b';

const NOISY = {
  language: 'python',
  code: `print("${CANARY}")`,
  fileName: `${CANARY}.py`,
  files: [{ path: `${CANARY}.txt`, content: CANARY }],
  arguments: [CANARY],
  compileArguments: [`-X${CANARY}`],
  environment: { SECRET: CANARY, [`NAME_${CANARY.replaceAll('-', '_')}`]: '1' },
  stdin: CANARY,
} as const;

const channel = tracingChannel<unknown, ExecutionTrace>(EXECUTION_TRACE_CHANNEL);
/** Everything that a listener could read, causes of errors included, which JSON leaves out. */
const heard: string[] = [];
let unsubscribe: (() => void) | null = null;

function listen(): [string, ExecutionTrace][] {
  const seen: [string, ExecutionTrace][] = [];
  const note = (name: string) => (trace: ExecutionTrace) => {
    seen.push([name, { ...trace }]);
    heard.push(inspect(trace, { depth: null, showHidden: true }).toLowerCase());
  };
  const handlers = {
    start: note('start'),
    end: note('end'),
    asyncStart: note('asyncStart'),
    asyncEnd: note('asyncEnd'),
    error: note('error'),
  };
  channel.subscribe(handlers);
  unsubscribe = () => channel.unsubscribe(handlers);
  return seen;
}

afterEach(() => {
  unsubscribe?.();
  unsubscribe = null;
  heard.length = 0;
});

describe('the trace of an execution', () => {
  test('follows it from the call to the result, with names, numbers and codes', async () => {
    const seen = listen();
    const stdout = new OutputCapture(10);
    stdout.append(new TextEncoder().encode(CANARY.repeat(10)));
    const local = scriptedExecutor({
      name: 'local',
      body: async (plan) =>
        resultOf(plan, {
          status: 'runtime_error',
          compile: { ...phaseResult(), durationMs: 7 },
          run: { ...phaseResult(), stdout: stdout.finish(), durationMs: 11 },
          artifacts: [
            { path: `${CANARY}.out`, content: new TextEncoder().encode(CANARY), executable: false },
          ],
          executor: { name: 'local', isolation: 'process', passedOver: [] },
        }),
    });
    const docker = scriptedExecutor({ name: 'docker', probe: async () => unavailable(CANARY) });
    const { runner } = testRunner([docker, local]);
    const execution = runner.execute(NOISY, { principal: CANARY });
    expect(seen.map(([name]) => name)).toEqual(['start', 'end']);
    await execution.result;
    expect(seen.map(([name]) => name)).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    expect(seen[0]?.[1]).toMatchObject({
      id: execution.id,
      language: 'python',
      status: null,
      durationMs: null,
    });
    expect(seen[3]?.[1]).toMatchObject({
      id: execution.id,
      executor: 'local',
      isolation: 'process',
      status: 'runtime_error',
      passedOver: [{ name: 'docker', code: 'ERR_EXECUTOR_UNAVAILABLE' }],
      phaseDurationsMs: { compile: 7, run: 11 },
      stdoutBytes: 110,
      stderrBytes: 0,
      artifactCount: 1,
      artifactBytes: 11,
      errorCode: null,
    });
    expect(seen[3]?.[1].durationMs).toBeGreaterThanOrEqual(seen[3]?.[1].queueMs ?? Infinity);
    expect(heard.join()).not.toContain(CANARY);
  });

  test('of one that fails has the code, and neither message nor cause', async () => {
    const seen = listen();
    const { runner } = testRunner([
      scriptedExecutor({ name: 'local', body: () => Promise.reject(failure('ERR_EXECUTOR_FAILED', CANARY)) }),
    ]);
    await expect(runner.execute(NOISY).result).rejects.toThrow(CANARY);
    expect(seen.map(([name]) => name)).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(seen.at(-1)?.[1]).toMatchObject({ errorCode: 'ERR_EXECUTOR_FAILED', status: null });
    expect(heard.join()).not.toContain(CANARY);
  });

  test('is not gathered where nobody listens', async () => {
    expect(isTraced()).toBe(false);
    const seen = listen();
    expect(isTraced()).toBe(true);
    unsubscribe?.();
    await testRunner([scriptedExecutor({ name: 'local' })]).runner.execute(NOISY).result;
    expect(seen).toEqual([]);
  });
});
