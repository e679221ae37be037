import { createPlan, outputText } from '@cloche/core/executor';
import type { ExecutionRequest, ExecutionResult, Executor } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';
import { findTestEngine, hasRuntime } from './support/test-engine.ts';

/** What a program of each kind of language, and each kind of ending, comes to under a kernel in user space. */
const engine = await findTestEngine();
const problem = !engine.available
  ? engine.reason
  : (await hasRuntime('runsc'))
    ? null
    : 'the engine does not know the runtime runsc: scripts/engine/prepare says how to add it';

describe('under gVisor', { timeout: 120_000 }, () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let executor: Executor;

  beforeAll(async () => {
    testHost = await createTestHost();
    const image = engine.available ? engine.image : null;
    executor = dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, image, runtime: 'runsc' }, testHost.host);
  });

  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await testHost.remove();
  });

  const run = (request: ExecutionRequest): Promise<ExecutionResult> =>
    executor.execute(createPlan(request), { signal: new AbortController().signal }).result;

  const cases: Readonly<Record<string, () => Promise<void>>> = {
    'says that a kernel of its own stands around the program': async () => {
      const { isolation, isolationDetail } = await executor.capabilities({ languages: ['bash'] });
      expect(isolation).toBe('user-kernel');
      expect(isolationDetail).toContain('runsc');
      const result = await run({ language: 'bash', code: 'cat /proc/version\n' });
      expect(result.executor.isolation).toBe('user-kernel');
      // gVisor calls itself an old Linux, whatever the machine runs.
      expect(outputText(result.run?.stdout ?? expect.fail())).toMatch(/^Linux version 4\.4\.0/u);
    },
    'runs Python with files, arguments and stdin, and gives files back': async () => {
      const result = await run({
        language: 'python',
        code: 'import sys\nopen("out.txt","w").write(sys.argv[1] + sys.stdin.read() + open("in.txt").read())\n',
        arguments: ['a b'],
        stdin: 'c',
        files: [{ path: 'in.txt', content: 'd' }],
      });
      expect([result.status, outputText(result.run?.stderr ?? expect.fail())]).toEqual(['ok', '']);
      const texts = result.artifacts.map(({ path, content }) => [path, Buffer.from(content).toString()]);
      expect(texts).toEqual([['out.txt', 'a bcd']]);
    },
    'serves the second run of a kind from a container that waited': async () => {
      const program: ExecutionRequest = { language: 'javascript', code: 'console.log(6 * 7)\n' };
      for (let round = 0; round < 2; round += 1) {
        const result = await run(program);
        expect(outputText(result.run?.stdout ?? expect.fail())).toBe('42\n');
        await new Promise((resolve) => setTimeout(resolve, 2500));
      }
    },
    'compiles and runs C': async () => {
      const code = '#include <stdio.h>\nint main(void) { puts("compiled"); return 3; }\n';
      const result = await run({ language: 'c', code });
      expect([result.status, result.run?.exitCode]).toEqual(['runtime_error', 3]);
      expect(outputText(result.run?.stdout ?? expect.fail())).toBe('compiled\n');
    },
    'ends a program at its deadline, and keeps what it printed': async () => {
      const code = 'import time\nprint("before", flush=True)\ntime.sleep(60)\n';
      const result = await run({ language: 'python', code, limits: { runTimeoutMs: 1500 } });
      expect(result.status).toBe('timeout');
      expect(outputText(result.run?.stdout ?? expect.fail())).toBe('before\n');
    },
    'ends a program when the caller cancels': async () => {
      const abort = new AbortController();
      const execution = executor.execute(createPlan({ language: 'bash', code: 'sleep 60\n' }), {
        signal: abort.signal,
      });
      setTimeout(() => abort.abort(), 2000);
      expect((await execution.result).status).toBe('cancelled');
    },
    'has no network': async () => {
      const code =
        'import socket\ntry:\n  socket.create_connection(("169.254.169.254", 80), 3)\nexcept OSError as error:\n  print("refused")\n';
      const result = await run({ language: 'python', code });
      expect(outputText(result.run?.stdout ?? expect.fail())).toBe('refused\n');
    },
    'calls a program out of memory that takes more than it may': async () => {
      const code = 'blocks = [b"x" * (64 << 20) for _ in range(40)]\nprint("survived")\n';
      const result = await run({ language: 'python', code });
      expect(result.status).toBe('out_of_memory');
    },
    'refuses a limit that cannot be seen to hold': async () => {
      const refused = run({ language: 'bash', code: 'true\n', limits: { memoryBytes: 64 << 20 } });
      await expect(refused).rejects.toMatchObject({ code: 'ERR_CAPABILITY_UNSUPPORTED' });
    },
  };

  for (const [name, body] of Object.entries(cases)) {
    test(name, async (context) => {
      if (problem !== null) context.skip(problem);
      expect.hasAssertions();
      await body();
    });
  }
});
