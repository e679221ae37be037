import { createPlan, outputText } from '@cloche/core/executor';
import type { ExecutionRequest, ExecutionResult, Executor } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';
import { BUSYBOX_IMAGE, findTestEngine } from './support/test-engine.ts';

const engine = await findTestEngine();

/** Images of Alpine and the like: no bash, no coreutils, and Python. */
describe('an image without bash', () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let executor: Executor;

  beforeAll(async () => {
    testHost = await createTestHost();
    executor = dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, image: BUSYBOX_IMAGE }, testHost.host);
  });

  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await testHost.remove();
  });

  const run = (request: Omit<ExecutionRequest, 'language'>): Promise<ExecutionResult> =>
    executor.execute(createPlan({ language: 'python', ...request }), {
      signal: new AbortController().signal,
    }).result;
  const output = ({ run: phase }: ExecutionResult): string =>
    outputText(phase?.stdout ?? expect.fail('there is no run phase'));

  const cases: Readonly<Record<string, () => Promise<void>>> = {
    'runs a program, again and again': async () => {
      for (let round = 0; round < 3; round += 1) {
        const result = await run({ code: 'print(6 * 7)\n' });
        expect([result.status, output(result)]).toEqual(['ok', '42\n']);
        await new Promise((resolve) => setTimeout(resolve, 700));
      }
    },
    'tells an exit code from a signal': async () => {
      const code = await run({ code: 'import sys\nsys.exit(137)\n' });
      expect([code.run?.exitCode, code.run?.signal]).toEqual([137, null]);
      const signal = await run({ code: 'import os\nos.kill(os.getpid(), 9)\n' });
      expect([signal.run?.exitCode, signal.run?.signal]).toEqual([null, 'SIGKILL']);
    },
    'gives files in and out, many and binary ones': async () => {
      const files = Array.from({ length: 40 }, (_, index) => ({
        path: `in/${index}`,
        content: new Uint8Array([0, index, 255]),
      }));
      const code =
        'import os\nos.mkdir("out")\nfor n in os.listdir("in"): open("out/"+n,"wb").write(open("in/"+n,"rb").read()*2)\n';
      const result = await run({ code, files });
      expect(result.status).toBe('ok');
      expect(result.artifacts).toHaveLength(40);
      expect([...(result.artifacts.find(({ path }) => path === 'out/7')?.content ?? [])]).toEqual([
        0, 7, 255, 0, 7, 255,
      ]);
    },
    'gives stdin, and its end': async () => {
      const stdin = 'x'.repeat(300_000);
      expect(output(await run({ code: 'import sys\nprint(len(sys.stdin.read()))\n', stdin }))).toBe(
        '300000\n',
      );
    },
    'ends a program at its deadline, and what it has started with it': async () => {
      const code =
        'import os, time\nprint("before", flush=True)\nif os.fork() == 0: os.setsid()\ntime.sleep(60)\n';
      const result = await run({ code, limits: { runTimeoutMs: 2000 } });
      expect([result.status, output(result)]).toEqual(['timeout', 'before\n']);
    },
    'reads what is in force inside': async () => {
      const { enforcement } = await run({
        code: 'pass\n',
        limits: { memoryBytes: 100 << 20, processCount: 30 },
      });
      expect([enforcement.memory.value, enforcement.processes.value]).toEqual([100 << 20, 30]);
    },
  };

  for (const [name, body] of Object.entries(cases)) {
    test(name, async (context) => {
      if (!engine.available) context.skip(engine.reason);
      expect.hasAssertions();
      await body();
    });
  }
});
