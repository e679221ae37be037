import { createPlan, outputText } from '@cloche/core/executor';
import type { ExecutionRequest, ExecutionResult, Executor } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';
import { findTestEngine } from './support/test-engine.ts';

const engine = await findTestEngine();

/** What a program names, sets or leaves must not be taken for the agent's own. */
describe('names that the agent uses too', () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let executor: Executor;

  beforeAll(async () => {
    testHost = await createTestHost();
    const image = engine.available ? engine.image : null;
    executor = dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, image }, testHost.host);
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
    'variables arrive as they were given, whatever bash makes of them itself': async () => {
      const names =
        'RANDOM SECONDS LINENO BASHPID EPOCHSECONDS BASH_COMMAND HISTCMD OPTIND SHLVL UID EUID PPID SHELLOPTS BASHOPTS GROUPS DIRSTACK FUNCNAME BASH_VERSINFO IFS PS4 TMOUT LC_ALL input marker worker line count text cloche_ended';
      const environment = Object.fromEntries(names.split(' ').map((name) => [name, `of the user: ${name}`]));
      const code = 'import json, os\nprint(json.dumps(dict(os.environ)))\n';
      const found = JSON.parse(output(await run({ code, environment }))) as Record<string, string>;
      const given = Object.keys(environment).map((name) => [name, found[name]]);
      expect(Object.fromEntries(given)).toEqual(environment);
    },
    'a PATH of the program is not where its interpreter is looked for': async () => {
      const result = await run({
        code: 'import os\nprint(os.environ["PATH"])\n',
        environment: { PATH: '/nowhere' },
      });
      expect(output(result)).toBe('/nowhere\n');
    },
    'a variable named input leaves stdin alone': async () => {
      const code = 'import sys\nprint(repr(sys.stdin.read()))\n';
      expect(output(await run({ code, stdin: 'hello', environment: { input: 'none' } }))).toBe("'hello'\n");
      expect(output(await run({ code, environment: { input: 'stdin' } }))).toBe("''\n");
    },
    'a file beside the entry is kept when an interpreter was started ahead': async () => {
      await run({ code: 'print(1)\n' });
      await sleep(1500);
      const code = 'import os\nprint(sorted(os.listdir(".")))\n';
      const files = [{ path: 'main.py.new', content: 'kept' }];
      expect(output(await run({ code, files }))).toBe("['main.py', 'main.py.new']\n");
    },
    'a pipe in place of what the agent writes does not hold it up': async () => {
      const code = 'import os\nfor n in ("probe", "text", "control"): os.mkfifo("/tmp/cloche/" + n)\n';
      const result = await run({ code, limits: { runTimeoutMs: 4000 } });
      expect([result.status, result.run?.exitCode]).toEqual(['ok', 0]);
      const full = await run({ code: 'import os, sys\nos.mkdir("/tmp/cloche/probe")\nsys.exit(3)\n' });
      expect([full.status, full.run?.exitCode]).toEqual(['runtime_error', 3]);
    },
    'a buffer of the caller is read anew for each run': async () => {
      const content = new Uint8Array(100).fill(1);
      const code = 'print(set(open("d.bin", "rb").read()))\n';
      const files = [{ path: 'd.bin', content }];
      expect(output(await run({ code, files }))).toBe('{1}\n');
      content.fill(2);
      const second = await run({ code, files });
      expect([output(second), second.artifacts]).toEqual(['{2}\n', []]);
    },
    'the limits and the priority of process 1 are out of reach, those of the program are not': async () => {
      const code = `import os, resource
for attempt in (
    lambda: resource.prlimit(1, resource.RLIMIT_AS, (4096, 4096)),
    lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)),
    lambda: os.sched_setaffinity(1, {0}),
    lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
    lambda: os.setpriority(os.PRIO_USER, os.getuid(), 19),
):
    try:
        attempt()
        print("done")
    except PermissionError:
        print("refused")
resource.prlimit(os.getpid(), resource.RLIMIT_NOFILE, (50, 50))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
os.sched_setaffinity(0, os.sched_getaffinity(0))
os.sched_setaffinity(os.getpid(), os.sched_getaffinity(0))
os.setpriority(os.PRIO_PROCESS, 0, 5)
print("mine")
`;
      expect(output(await run({ code }))).toBe(`${'refused\n'.repeat(5)}mine\n`);
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
