import assert from 'node:assert/strict';
import type { ExecutionResult } from '@cloche/core/executor';
import { ENFORCED_LIMITS, EXECUTION_STATUSES } from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { compileOf, expectStatus, runOf } from '../expectations.ts';
import { bash, python } from './requests.ts';

const RESULT_KEYS = [
  'artifacts',
  'compile',
  'durationMs',
  'enforcement',
  'executor',
  'hint',
  'id',
  'install',
  'language',
  'limit',
  'omittedArtifacts',
  'removedFiles',
  'run',
  'status',
  'stoppedIn',
  'toolchainVersion',
  'image',
  'warnings',
] as const satisfies (keyof ExecutionResult)[];

export const RESULT_CASES: ConformanceGroup = {
  concept: 'results',
  cases: [
    {
      id: 'result-is-complete',
      title: 'fills in every field of a result',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`echo out\n`));
        const missing = RESULT_KEYS.filter((key) => result[key] === undefined);
        assert.deepEqual(missing, [], 'fields are missing');
        assert.ok(EXECUTION_STATUSES.includes(result.status));
        assert.deepEqual(
          [result.install, result.compile, result.stoppedIn, result.limit, result.hint],
          [null, null, null, null, null],
        );
        const { stdout } = runOf(result);
        assert.ok(
          stdout.head instanceof Uint8Array && stdout.tail instanceof Uint8Array,
          'output is not bytes',
        );
      },
    },
    {
      id: 'result-names-the-execution',
      title: 'carries the id of its plan, on the execution as well',
      languages: ['bash'],
      run: async (context) => {
        const { plan, execution, observation } = context.start(bash(`true\n`));
        assert.equal(execution.id, plan.id);
        assert.equal((await context.wait(observation, 'the result')).result.id, plan.id);
      },
    },
    {
      id: 'result-names-the-executor',
      title: 'says which executor ran it, at which isolation',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`true\n`));
        assert.deepEqual(result.executor, {
          name: context.executor.name,
          isolation: context.capabilities.isolation,
          passedOver: [],
        });
      },
    },
    {
      id: 'result-names-the-toolchain',
      title: 'says which version of the compiler or interpreter ran, as its capabilities do',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(python(`import platform\nprint(platform.python_version())\n`));
        const capability = context.capabilities.languages.python;
        assert.ok(capability?.available === true);
        assert.equal(result.toolchainVersion, capability.version);
        assert.equal(
          Buffer.from(runOf(result).stdout.head).toString().trim(),
          result.toolchainVersion,
          'another version ran',
        );
      },
    },
    {
      id: 'result-durations-are-plausible',
      title: 'measures the phases and the whole',
      languages: ['c'],
      run: async (context) => {
        const code = '#include <unistd.h>\nint main(void) { usleep(600000); return 0; }\n';
        const startedAt = performance.now();
        const { result } = await context.run({ language: 'c', code });
        const elapsedMs = performance.now() - startedAt;
        expectStatus(result, 'ok');
        const [compileMs, runMs] = [compileOf(result).durationMs, runOf(result).durationMs];
        assert.ok(runMs >= 500, `600 ms took ${runMs} ms`);
        assert.ok(compileMs > 0, 'compiling took no time');
        assert.ok(result.durationMs >= compileMs + runMs - 50, 'the whole is shorter than its parts');
        assert.ok(result.durationMs <= elapsedMs + 50, 'the whole took longer than the caller waited');
      },
    },
    {
      id: 'enforcement-is-complete',
      title: 'reports every limit: how far it held, its value and by what',
      languages: ['python'],
      run: async (context) => {
        const plan = context.plan(python(`print("ran")\n`));
        const result = await context.wait(context.execute(plan).result, 'the result');
        expectStatus(result, 'ok');
        assert.deepEqual(Object.keys(result.enforcement).toSorted(), ENFORCED_LIMITS.toSorted());
        for (const limit of ENFORCED_LIMITS) {
          const { support, value, mechanism } = result.enforcement[limit];
          assert.equal(
            support,
            context.capabilities.limits[limit],
            `${limit}: the run and the capabilities disagree`,
          );
          if (support === 'unsupported')
            assert.deepEqual([value, mechanism], [null, null], `${limit} is unsupported and has a value`);
          else assert.ok(mechanism !== null && mechanism !== '', `nothing is named that holds ${limit}`);
        }
        assert.equal(result.enforcement.wall.value, plan.limits.runTimeoutMs);
        assert.equal(result.enforcement.output.value, plan.limits.outputBytes);
      },
    },
    {
      id: 'enforcement-follows-the-plan',
      title: 'reports the values of this plan, not of another',
      languages: ['python'],
      run: async (context) => {
        const limits = { runTimeoutMs: 43_210, outputBytes: 54_321 };
        const { result } = await context.run(python(`print("ran")\n`, { limits }));
        expectStatus(result, 'ok');
        assert.deepEqual([result.enforcement.wall.value, result.enforcement.output.value], [43_210, 54_321]);
      },
    },
  ],
};
