import assert from 'node:assert/strict';
import type { ProbeResult } from '@cloche/core/executor';
import {
  ENFORCED_LIMITS,
  ERROR_CODES,
  ISOLATION_LEVELS,
  LANGUAGE_IDS,
  NETWORK_POLICIES,
} from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectFailure, expectStatus, okText } from '../expectations.ts';
import { startRunning } from './cancel.ts';
import { endless } from './endless-programs.ts';
import { expectNothingAlive, processMark } from './process-marks.ts';
import { bash, python } from './requests.ts';

function expectProbe(probe: ProbeResult): void {
  if (probe.available) {
    assert.notEqual(probe.version, '');
    assert.ok(Number.isFinite(probe.latencyMs) && probe.latencyMs >= 0);
    return;
  }
  assert.ok(ERROR_CODES.includes(probe.code));
  for (const text of [probe.reason, probe.hint])
    assert.ok(text.en !== '' && text.zh !== '', 'a text is empty');
  assert.ok(Array.isArray(probe.fix));
}

export const LIFECYCLE_CASES: ConformanceGroup = {
  concept: 'lifecycle',
  cases: [
    {
      id: 'executor-introduces-itself',
      title: 'has a name in lower case and keeps version 1 of the contract',
      languages: [],
      run: async ({ executor }) => {
        await Promise.resolve();
        assert.equal(executor.specificationVersion, 1);
        assert.match(executor.name, /^[a-z][a-z0-9-]*$/u);
      },
    },
    {
      id: 'probe-says-available',
      title: 'is available, with a version and a latency',
      languages: [],
      run: async (context) => {
        const probe = await context.wait(context.executor.probe(), 'the probe');
        assert.equal(probe.available, true);
        expectProbe(probe);
      },
    },
    {
      id: 'probe-never-rejects',
      title: 'answers a probe whose signal is aborted, and one after its end',
      languages: [],
      run: async (context) => {
        const executor = await context.anotherExecutor();
        const probes: Promise<ProbeResult>[] = [
          executor.probe({ signal: AbortSignal.abort() }),
          executor.probe(),
          executor.probe(),
        ];
        await context.wait(executor[Symbol.asyncDispose](), 'the disposal');
        probes.push(executor.probe());
        const settled = await context.wait(Promise.allSettled(probes), 'the probes');
        for (const outcome of settled) {
          assert.ok(outcome.status === 'fulfilled', 'a probe was rejected');
          expectProbe(outcome.value);
        }
      },
    },
    {
      id: 'capabilities-are-complete',
      title: 'describes itself: isolation, limits, networks, streams',
      languages: [],
      run: async ({ capabilities }) => {
        await Promise.resolve();
        assert.ok(ISOLATION_LEVELS.includes(capabilities.isolation));
        assert.notEqual(capabilities.isolationDetail, '');
        assert.deepEqual(Object.keys(capabilities.limits).toSorted(), ENFORCED_LIMITS.toSorted());
        for (const support of Object.values(capabilities.limits))
          assert.ok(['enforced', 'best-effort', 'unsupported'].includes(support));
        assert.ok(
          capabilities.networks.length > 0 &&
            capabilities.networks.every((network) => NETWORK_POLICIES.includes(network)),
        );
        assert.ok(capabilities.stdin.includes('bytes'));
        for (const key of ['separateStderr', 'liveOutput', 'sessions', 'artifacts'] as const)
          assert.equal(typeof capabilities[key], 'boolean', key);
        assert.equal(capabilities.artifacts, true);
        for (const { en, zh } of [...capabilities.warnings, ...capabilities.details])
          assert.ok(en !== '' && zh !== '', 'a text is empty');
      },
    },
    {
      id: 'capabilities-name-every-language',
      title: 'says of all nine languages whether they are there, in which version, and where',
      languages: [],
      run: async ({ capabilities }) => {
        await Promise.resolve();
        assert.deepEqual(Object.keys(capabilities.languages).toSorted(), LANGUAGE_IDS.toSorted());
        for (const [language, capability] of Object.entries(capabilities.languages)) {
          if (capability.available) {
            assert.match(capability.version ?? '', /\d/u, `${language} has no version`);
            assert.notEqual(capability.location, '', `${language} is nowhere`);
          } else {
            expectProbe(capability);
          }
        }
      },
    },
    {
      id: 'capabilities-of-some-languages',
      title: 'answers for the languages that were asked for, the same as for all',
      languages: [],
      run: async (context) => {
        const some = await context.wait(
          context.executor.capabilities({ languages: ['python', 'bash'] }),
          'the capabilities',
        );
        for (const language of ['python', 'bash'] as const) {
          assert.deepEqual(some.languages[language], context.capabilities.languages[language]);
        }
        assert.deepEqual(
          [some.isolation, some.limits, some.networks],
          [context.capabilities.isolation, context.capabilities.limits, context.capabilities.networks],
        );
      },
    },
    {
      id: 'sessions-as-announced',
      title: 'opens sessions whose files stay, or has no openSession at all',
      languages: ['bash'],
      run: async (context) => {
        const { executor, capabilities } = context;
        assert.equal(
          executor.openSession !== undefined,
          capabilities.sessions,
          'sessions are announced and missing, or there unannounced',
        );
        if (executor.openSession === undefined) return;
        const { signal } = new AbortController();
        const session = await context.wait(executor.openSession({ signal }), 'the session');
        try {
          await context.wait(
            session.execute(context.plan(bash(`echo kept > file\n`)), { signal }).result,
            'the first result',
          );
          const second = session.execute(context.plan(bash(`cat file\n`)), { signal });
          assert.equal(okText(await context.wait(second.result, 'the second result')), 'kept\n');
        } finally {
          await context.wait(session[Symbol.asyncDispose](), 'the disposal');
        }
      },
    },
    {
      id: 'dispose-during-a-run',
      title: 'cancels what is under way when disposed, waits for it, and leaves nothing',
      languages: ['python'],
      run: async (context) => {
        const executor = await context.anotherExecutor();
        const marks = [processMark(), processMark()];
        const starts = await Promise.all(
          marks.map((mark) => startRunning(context, endless('setsid', { arguments: [mark] }), { executor })),
        );
        const endings: string[] = [];
        for (const { execution } of starts) void execution.result.then(({ status }) => endings.push(status));
        await context.wait(executor[Symbol.asyncDispose](), 'the disposal');
        assert.deepEqual(
          endings,
          ['cancelled', 'cancelled'],
          'the disposal did not wait for what it cancelled',
        );
        for (const { observation } of starts)
          expectStatus((await context.wait(observation, 'the result')).result, 'cancelled');
        for (const mark of marks) await expectNothingAlive(context, mark);
      },
    },
    {
      id: 'dispose-twice',
      title: 'may be disposed twice, at once and unused',
      languages: [],
      run: async (context) => {
        const executor = await context.anotherExecutor();
        const dispose = (): Promise<void> => context.wait(executor[Symbol.asyncDispose](), 'the disposal');
        await assert.doesNotReject(Promise.all([dispose(), dispose()]), 'two disposals at once');
        await assert.doesNotReject(dispose(), 'a disposal after the end');
      },
    },
    {
      id: 'execute-after-dispose',
      title: 'refuses to execute after it was disposed, through the execution',
      languages: ['bash'],
      run: async (context) => {
        const executor = await context.anotherExecutor();
        await context.wait(executor[Symbol.asyncDispose](), 'the disposal');
        const { observation } = context.start(bash(`echo started\n`), { executor });
        await context.wait(expectFailure(observation, 'an execution after the end'), 'the refusal');
      },
    },
    {
      id: 'dispose-leaves-others-alone',
      title: 'leaves the executions of another executor alone when disposed',
      languages: ['python'],
      run: async (context) => {
        const executor = await context.anotherExecutor();
        expectStatus((await context.run(bash(`true\n`), { executor })).result, 'ok');
        const other = await startRunning(
          context,
          python(`import time\nprint("first", flush=True)\ntime.sleep(1.5)\nprint("second")\n`),
        );
        await context.wait(executor[Symbol.asyncDispose](), 'the disposal');
        assert.equal(okText((await context.wait(other.observation, 'the result')).result), 'first\nsecond\n');
      },
    },
    {
      id: 'reap-reports',
      title: 'reports what it reaped, at once or twice at a time',
      languages: [],
      run: async (context) => {
        const reports = await context.wait(
          Promise.all([context.executor.reap(), context.executor.reap()]),
          'the reports',
        );
        for (const { removed, failed } of reports) {
          assert.ok(Array.isArray(removed) && Array.isArray(failed));
          assert.deepEqual(failed, []);
        }
      },
    },
    {
      id: 'reap-leaves-the-living',
      title: 'reaps nothing of an execution that is under way',
      languages: ['python'],
      run: async (context) => {
        const code = `import time\nprint("first", flush=True)\ntime.sleep(1.5)\nopen("made", "w").write("made")\nprint("second")\n`;
        const start = await startRunning(context, python(code));
        const another = await context.anotherExecutor();
        await context.wait(Promise.all([context.executor.reap(), another.reap()]), 'the reports');
        const { result } = await context.wait(start.observation, 'the result');
        assert.equal(okText(result), 'first\nsecond\n');
        assert.deepEqual(
          result.artifacts.map(({ path }) => path),
          ['made'],
        );
      },
    },
  ],
};
