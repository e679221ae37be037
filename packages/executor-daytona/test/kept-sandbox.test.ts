import { setTimeout as delay } from 'node:timers/promises';
import { createPlan, outputText } from '@cloche/core/executor';
import type { ExecutionResult } from '@cloche/core/executor';
import type { DaytonaServer } from '@cloche/daytona-test-server';
import { describe, expect } from 'vitest';
import { namesLeft, planOf, run } from './support/daytona-fixture.ts';
import { daytonaTest } from './support/daytona-test.ts';

const output = ({ run: phase }: ExecutionResult): string =>
  outputText(phase?.stdout ?? expect.fail('it did not run'));
const created = (server: DaytonaServer): number =>
  server.requests.filter(({ operation }) => operation === 'createSandbox').length;

/** Which of the two are there; other processes come and go while it looks. */
const SLEEPERS = `import glob
found = []
for path in glob.glob('/proc/[0-9]*/cmdline'):
    try:
        words = open(path).read().split('\\0')
    except OSError:
        continue
    if words[:2] in (['sleep', '77'], ['sleep', '78']):
        found.append(words[1])
print(found)
`;

describe('a kept sandbox', () => {
  daytonaTest(
    'serves a series of runs, each with directories of its own, and goes with the executor',
    async ({ server, executor }) => {
      const daytona = executor({ keepsSandbox: true });
      for (let round = 0; round < 3; round += 1) {
        const code =
          'ls -A . ../build "$HOME" "$TMPDIR"; echo x >left; echo x >"$HOME/left"; ls -d /tmp/cloche-* | wc -l';
        expect(output(await run(daytona, planOf(code)))).toMatch(/main\.sh[^]*\n[12]\n$/u);
      }
      expect(created(server)).toBe(1);
      expect(server.sandboxes()).toHaveLength(1);
      await daytona[Symbol.asyncDispose]();
      expect(await namesLeft(server, 500)).toEqual([]);
    },
  );

  daytonaTest(
    'is not shared: neither by two runs at once, nor by two principals',
    async ({ server, executor }) => {
      const daytona = executor({ keepsSandbox: true });
      await Promise.all([run(daytona, planOf('sleep 0.5')), run(daytona, planOf('sleep 0.5'))]);
      expect(created(server)).toBe(2);
      await run(daytona, { ...planOf('true'), principal: 'somebody else' });
      expect(created(server)).toBe(3);
    },
  );

  daytonaTest('has nothing left running from the run before', async ({ executor }) => {
    const daytona = executor({ keepsSandbox: true });
    await run(daytona, planOf('setsid sleep 77 & (setsid sleep 78 &) ; echo started'));
    const python = createPlan({ language: 'python', code: SLEEPERS });
    expect(output(await run(daytona, python))).toBe('[]\n');
  });

  daytonaTest(
    'is given up after a run that was cancelled, and replaced where it has stopped',
    async ({ server, executor }) => {
      const daytona = executor({ keepsSandbox: true });
      const abort = new AbortController();
      const cancelled = run(daytona, planOf('echo started; sleep 60'), abort.signal);
      while (created(server) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 500));
      abort.abort();
      expect((await cancelled).status).toBe('cancelled');
      expect(output(await run(daytona, planOf('echo again')))).toBe('again\n');
      const sandbox = server.sandboxes().find(({ state }) => state === 'started');
      await server.loseSandbox(sandbox?.id ?? '');
      await expect(run(daytona, planOf('echo lost'))).rejects.toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
      expect(output(await run(daytona, planOf('echo new')))).toBe('new\n');
    },
  );

  daytonaTest(
    'that the service has stopped meanwhile is replaced before a run',
    async ({ server, executor }) => {
      const daytona = executor({ keepsSandbox: true });
      await run(daytona, planOf('true'));
      while (server.sandboxes().some(({ state }) => state === 'started')) await delay(50);
      expect(output(await run(daytona, planOf('echo new')))).toBe('new\n');
      expect(created(server)).toBe(2);
    },
    { minuteMs: 20 },
  );

  daytonaTest('that had to stop a program serves no other', async ({ server, executor }) => {
    const daytona = executor({ keepsSandbox: true });
    const late = await run(
      daytona,
      planOf('env -i setsid sleep 771 & sleep 60', { limits: { runTimeoutMs: 700 } }),
    );
    expect(late.status).toBe('timeout');
    expect(output(await run(daytona, planOf('grep -l 771 /proc/[0-9]*/cmdline; echo none')))).toBe('none\n');
    expect(created(server)).toBe(2);
  });

  daytonaTest('is made for long enough, or made anew for a longer run', async ({ server, executor }) => {
    const daytona = executor({ keepsSandbox: true });
    await run(daytona, planOf('true'));
    await run(daytona, planOf('true', { limits: { runTimeoutMs: 3_600_000 } }));
    const [, second] =
      server.sandboxes().filter(({ name }) => !name.startsWith('DESTROYED')).length === 1
        ? [null, server.sandboxes().at(-1)]
        : [];
    expect(second?.request.autoStopInterval).toBeGreaterThanOrEqual(65);
  });

  daytonaTest('changes its network with the run', async ({ executor, server }) => {
    const daytona = executor({ keepsSandbox: true });
    const code =
      'import socket\ns = socket.socket()\ns.settimeout(2)\ntry:\n  s.connect(("127.0.0.1", PORT)); print("reached")\nexcept OSError:\n  print("not reached")\n';
    const port = new URL(server.apiUrl).port;
    const python = (network: 'none' | 'full'): ReturnType<typeof createPlan> =>
      createPlan({ language: 'python', code: code.replace('PORT', port), network });
    for (const [network, answer] of [
      ['none', 'not reached\n'],
      ['full', 'reached\n'],
      ['none', 'not reached\n'],
    ] as const) {
      const result = await run(daytona, python(network));
      expect([output(result), result.network]).toEqual([answer, network]);
    }
    expect(created(server)).toBe(1);
  });
});

describe('a session', () => {
  daytonaTest('leaves its files as they are, whatever comes back of them', async ({ executor }) => {
    const daytona = executor();
    const { signal } = new AbortController();
    const session = await daytona.openSession({ signal });
    const limits = { artifactBytes: 1_000_000 };
    const code =
      'head -c 3000000 /dev/zero >large; echo x >small; chmod 400 small; python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\\"s\\")"';
    const first = await session.execute(planOf(code, { limits }), { signal }).result;
    expect(first.omittedArtifacts.map(({ path }) => path).toSorted()).toEqual(['large', 's']);
    const second = await session.execute(planOf('stat -c "%n %s %A" large small s', { limits }), { signal })
      .result;
    expect(output(second)).toMatch(/^large 3000000 -rw.*\nsmall 2 -r--------\ns 0 s/u);
    const cancel = new AbortController();
    const cancelled = session.execute(planOf('echo started; sleep 60'), { signal: cancel.signal });
    setTimeout(() => cancel.abort(), 700);
    expect((await cancelled.result).status).toBe('cancelled');
    expect(output(await session.execute(planOf('cat small'), { signal }).result)).toBe('x\n');
  });

  daytonaTest(
    'keeps files from run to run, reports each change once, and ends with its sandbox deleted',
    async ({ server, executor }) => {
      const daytona = executor();
      const { signal } = new AbortController();
      const session = await daytona.openSession({ signal });
      const first = await session.execute(planOf('echo one >a; echo two >b'), { signal }).result;
      expect(first.artifacts.map(({ path }) => path).toSorted()).toEqual(['a', 'b']);
      const second = await session.execute(planOf('cat a b; echo three >b'), { signal }).result;
      expect([output(second), second.artifacts.map(({ path }) => path)]).toEqual(['one\ntwo\n', ['b']]);
      expect(created(server)).toBe(1);
      await session[Symbol.asyncDispose]();
      expect(await namesLeft(server, 500)).toEqual([]);
    },
  );

  daytonaTest('runs one after the other, and ends with its executor', async ({ server, executor }) => {
    const daytona = executor();
    const { signal } = new AbortController();
    const session = await daytona.openSession({ signal });
    const runs = ['1', '2', '3'].map(
      (word) => session.execute(planOf(`echo ${word} >>log; sleep 0.2; cat log`), { signal }).result,
    );
    expect((await Promise.all(runs)).map(output)).toEqual(['1\n', '1\n2\n', '1\n2\n3\n']);
    await daytona[Symbol.asyncDispose]();
    expect(await namesLeft(server, 500)).toEqual([]);
  });
});
