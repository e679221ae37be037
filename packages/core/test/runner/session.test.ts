import { describe, expect, test } from 'vitest';
import type { Artifact, ExecutionPlan, ExecutorSession } from '../../src/executor/index.ts';
import { startExecution } from '../../src/executor/index.ts';
import { failure } from './failure.ts';
import type { Body, ScriptedExecutor } from './scripted-executor.ts';
import { resultOf, runsAtOnce, runsUntilAborted, scriptedExecutor } from './scripted-executor.ts';
import { PROGRAM, testRunner } from './test-runner.ts';

function artifact(path: string, text = path): Artifact {
  return { path, content: Buffer.from(text), executable: false };
}

/** What each of its runs left. */
function leaves(...artifacts: readonly (readonly Artifact[])[]): Body {
  let run = 0;
  return async (plan, controller) => {
    controller.emit({ type: 'stage', stage: 'run', state: 'started' });
    controller.emit({ type: 'stage', stage: 'run', state: 'finished' });
    const left = artifacts[run] ?? [];
    run += 1;
    return resultOf(plan, { artifacts: left });
  };
}

function filesOf(plan: ExecutionPlan | undefined): Record<string, string> {
  return Object.fromEntries(
    (plan?.files ?? [])
      .filter(({ path }) => path !== plan?.entry)
      .map(({ path, content }) => [path, Buffer.from(content).toString()]),
  );
}

interface OwnSessions {
  readonly executor: ScriptedExecutor;
  readonly plans: ExecutionPlan[];
  openCount: number;
  closeCount: number;
}

function withOwnSessions(name: string, body: Body = runsAtOnce): OwnSessions {
  const noted: OwnSessions = {
    plans: [],
    openCount: 0,
    closeCount: 0,
    executor: scriptedExecutor({
      name,
      capabilities: { sessions: true },
      openSession: async (): Promise<ExecutorSession> => {
        noted.openCount += 1;
        return {
          id: 'session',
          execute: (plan, { signal }) => {
            noted.plans.push(plan);
            return startExecution(plan, (controller) => body(plan, controller, signal));
          },
          [Symbol.asyncDispose]: async () => {
            noted.closeCount += 1;
          },
        };
      },
    }),
  };
  return noted;
}

describe('a session over an executor without sessions of its own', () => {
  test('a run finds the files of the runs before, its own in place of older ones, and no program', async () => {
    const executor = scriptedExecutor({
      name: 'local',
      body: leaves([artifact('made'), artifact('shared/made', 'first')], [artifact('shared/made', 'second')]),
    });
    const { runner } = testRunner([executor]);
    await using session = runner.openSession();
    await session.execute({ ...PROGRAM, files: [{ path: 'given', content: 'given' }] }).result;
    await session.execute({ ...PROGRAM, files: [{ path: 'made', content: 'anew' }] }).result;
    await session.execute(PROGRAM).result;
    expect(executor.plans.map((plan) => filesOf(plan))).toEqual([
      { given: 'given' },
      { given: 'given', made: 'anew', 'shared/made': 'first' },
      { given: 'given', made: 'anew', 'shared/made': 'second' },
    ]);
    expect(
      executor.plans.map(({ entry, files }) => files.filter(({ path }) => path === entry).length),
    ).toEqual([1, 1, 1]);
  });

  test('sources of an earlier run are no part of what is compiled', async () => {
    const executor = scriptedExecutor({ name: 'local', body: leaves([artifact('other.c')]) });
    const { runner } = testRunner([executor]);
    await using session = runner.openSession();
    await session.execute({ language: 'c', code: 'int main(void) { return 0; }' }).result;
    await session.execute({ language: 'c', code: 'int main(void) { return 0; }' }).result;
    const [, second] = executor.plans;
    expect(filesOf(second)).toEqual({ 'other.c': 'other.c' });
    expect(JSON.stringify(second?.compile)).not.toContain('other.c');
  });

  test('what the program removed, and what a file of the next run stands in the way of, is there no more', async () => {
    let run = 0;
    const executor = scriptedExecutor({
      name: 'local',
      body: async (plan, controller, signal) => {
        run += 1;
        if (run === 1)
          return leaves([artifact('a'), artifact('b'), artifact('c/d')])(plan, controller, signal);
        return { ...(await runsAtOnce(plan, controller, signal)), removedFiles: run === 2 ? ['a'] : [] };
      },
    });
    const { runner } = testRunner([executor]);
    await using session = runner.openSession();
    for (const files of [
      [],
      [],
      [
        { path: 'b/below', content: '' },
        { path: 'c', content: '' },
      ],
      [],
    ])
      await session.execute({ ...PROGRAM, files }).result;
    expect(executor.plans.map((plan) => Object.keys(filesOf(plan)).toSorted())).toEqual([
      [],
      ['a', 'b', 'c/d'],
      ['b/below', 'c'],
      ['b/below', 'c'],
    ]);
  });

  test('JavaScript that a TypeScript file is made into gives way to it', async () => {
    const executor = scriptedExecutor({
      name: 'local',
      body: leaves([artifact('main.js'), artifact('part.js'), artifact('part.ts')]),
    });
    const { runner } = testRunner([executor]);
    await using session = runner.openSession();
    await session.execute(PROGRAM).result;
    await session.execute({ language: 'typescript', code: 'console.log(1)' }).result;
    await session.execute(PROGRAM).result;
    expect(executor.plans.map((plan) => Object.keys(filesOf(plan)))).toEqual([[], ['part.ts'], ['part.ts']]);
  });

  test('what does not fit is told, and the rest stays', async () => {
    const executor = scriptedExecutor({
      name: 'local',
      body: async (plan) =>
        resultOf(plan, {
          artifacts: [artifact('small', 'x'), artifact('large', 'x'.repeat(100)), artifact('other', 'y')],
          omittedArtifacts: [{ path: 'huge', reason: 'too_large' }],
        }),
    });
    const { runner } = testRunner([executor]);
    await using session = runner.openSession({ fileBytes: 50 });
    const first = await session.execute(PROGRAM).result;
    expect(first.warnings.map(({ en }) => en)).toEqual([
      'Not kept in the session: "huge", "large". It keeps regular files, up to its limits of size and number.',
    ]);
    await session.execute(PROGRAM).result;
    expect(filesOf(executor.plans[1])).toEqual({ small: 'x', other: 'y' });
  });

  test('an executor that gives no files back does not have it', async () => {
    const executor = scriptedExecutor({ name: 'local', capabilities: { artifacts: false } });
    const { runner } = testRunner([executor]);
    await using session = runner.openSession({ executor: 'local' });
    await expect(session.execute(PROGRAM).result).rejects.toMatchObject({
      code: 'ERR_CAPABILITY_UNSUPPORTED',
    });
    await expect(session.execute({ ...PROGRAM, collectArtifacts: false }).result).rejects.toMatchObject({
      code: 'ERR_REQUEST_INVALID',
    });
  });

  test('runs take turns, and one that gives up its turn holds nobody up', async () => {
    const order: string[] = [];
    const executor = scriptedExecutor({
      name: 'local',
      body: async (plan, controller, signal) => {
        order.push(`begin ${plan.entry}`);
        const result = await runsAtOnce(plan, controller, signal);
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(`end ${plan.entry}`);
        return result;
      },
    });
    const { runner } = testRunner([executor]);
    await using session = runner.openSession();
    const abort = new AbortController();
    const first = session.execute({ ...PROGRAM, fileName: 'a.py' });
    const second = session.execute({ ...PROGRAM, fileName: 'b.py' }, { signal: abort.signal });
    const third = session.execute({ ...PROGRAM, fileName: 'c.py' });
    abort.abort();
    const results = await Promise.all([first.result, second.result, third.result]);
    expect(results.map(({ status }) => status)).toEqual(['ok', 'cancelled', 'ok']);
    expect(order).toEqual(['begin a.py', 'end a.py', 'begin c.py', 'end c.py']);
  });
});

describe('a session over an executor with sessions of its own', () => {
  test('it has every run, each with its own files alone, and is closed with the session', async () => {
    const own = withOwnSessions('daytona', leaves([artifact('made')]));
    const { runner } = testRunner([own.executor]);
    const session = runner.openSession();
    expect(own.openCount).toBe(0);
    await session.execute({ ...PROGRAM, files: [{ path: 'given', content: 'given' }] }).result;
    await session.execute(PROGRAM).result;
    expect(own.plans.map((plan) => filesOf(plan))).toEqual([{ given: 'given' }, {}]);
    expect([own.openCount, own.closeCount, own.executor.plans.length]).toEqual([1, 0, 0]);
    await session[Symbol.asyncDispose]();
    await session[Symbol.asyncDispose]();
    expect(own.closeCount).toBe(1);
    await expect(session.execute(PROGRAM).result).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
  });

  test('once it has the files, auto takes no other, however well', async () => {
    let fails = false;
    const own = withOwnSessions('daytona', async (plan, controller, signal) => {
      if (fails) throw failure('ERR_EXECUTOR_UNAVAILABLE', 'It is gone.');
      return runsAtOnce(plan, controller, signal);
    });
    const local = scriptedExecutor({ name: 'local' });
    const { runner } = testRunner([own.executor, local]);
    await using session = runner.openSession();
    await session.execute(PROGRAM).result;
    fails = true;
    await expect(session.execute(PROGRAM).result).rejects.toMatchObject({ message: 'It is gone.' });
    expect(local.plans).toEqual([]);
  });

  test('files that another carried before come to it with its first run', async () => {
    const own = withOwnSessions('daytona');
    own.executor.script.languages = ['bash'];
    const local = scriptedExecutor({ name: 'local', body: leaves([artifact('made')]) });
    const { runner } = testRunner([own.executor, local]);
    await using session = runner.openSession();
    await session.execute(PROGRAM).result;
    await session.execute({ language: 'bash', code: 'ls' }).result;
    await session.execute({ language: 'bash', code: 'ls' }).result;
    expect([local.plans.length, ...own.plans.map((plan) => filesOf(plan))]).toEqual([
      1,
      { made: 'made' },
      {},
    ]);
  });
});

describe('the end of a session', () => {
  test('cancels what runs and what waits for its turn', async () => {
    const executor = scriptedExecutor({ name: 'local', body: runsUntilAborted });
    const { runner } = testRunner([executor]);
    const session = runner.openSession();
    const runs = [session.execute(PROGRAM), session.execute(PROGRAM)];
    await new Promise((resolve) => setTimeout(resolve, 20));
    await session[Symbol.asyncDispose]();
    const results = await Promise.all(runs.map(({ result }) => result));
    expect(results.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(executor.plans).toHaveLength(1);
    expect((await runner.execute(PROGRAM, { signal: AbortSignal.abort() }).result).status).toBe('cancelled');
  });

  test('comes with that of the runner, before the executors are disposed of', async () => {
    const own = withOwnSessions('daytona');
    const closedBefore: number[] = [];
    own.executor.script.dispose = async () => void closedBefore.push(own.closeCount);
    const { runner } = testRunner([own.executor]);
    const session = runner.openSession();
    await session.execute(PROGRAM).result;
    await runner[Symbol.asyncDispose]();
    expect(closedBefore).toEqual([1]);
    expect(() => runner.openSession()).toThrow(expect.objectContaining({ code: 'ERR_REQUEST_INVALID' }));
    await expect(session.execute(PROGRAM).result).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
  });
});
