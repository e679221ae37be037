import assert from 'node:assert/strict';
import type { ExecutionEvent, ExecutionResult } from '@cloche/core/executor';
import { outputText, STAGES } from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectStatus, runOf } from '../expectations.ts';
import { stagesOf, streamed } from '../observation.ts';
import { bash, python } from './requests.ts';

/** What must be the same whenever the same program runs. */
function essence(result: ExecutionResult): unknown {
  const phase = (value: ExecutionResult['run']): unknown =>
    value === null
      ? null
      : {
          exitCode: value.exitCode,
          signal: value.signal,
          stoppedBy: value.stoppedBy,
          stdout: outputText(value.stdout),
          stderr: outputText(value.stderr),
        };
  const {
    language,
    status,
    stoppedIn,
    limit,
    hint,
    omittedArtifacts,
    removedFiles,
    executor,
    toolchainVersion,
    enforcement,
  } = result;
  const artifacts = result.artifacts.map(({ path, content, executable }) => ({
    path,
    executable,
    content: Buffer.from(content).toString(),
  }));
  return {
    language,
    status,
    stoppedIn,
    limit,
    hint,
    artifacts,
    omittedArtifacts,
    removedFiles,
    executor,
    toolchainVersion,
    enforcement,
    compile: phase(result.compile),
    run: phase(result.run),
  };
}

function expectPairedStages(events: readonly ExecutionEvent[], expected: readonly string[]): void {
  const stages = stagesOf(events).filter(({ state }) => state !== 'progress');
  const started = stages.filter(({ state }) => state === 'started').map(({ stage }) => stage);
  assert.deepEqual(
    started,
    started.toSorted((one, other) => STAGES.indexOf(one) - STAGES.indexOf(other)),
    'stages begin out of order',
  );
  assert.equal(new Set(started).size, started.length, 'a stage began twice');
  assert.deepEqual(
    stages,
    started.flatMap((stage) => [
      { stage, state: 'started' },
      { stage, state: 'finished' },
    ]),
    'a stage did not finish before the next one, or at all',
  );
  for (const stage of expected) assert.ok(started.includes(stage as never), `there is no stage ${stage}`);
}

export const CONTRACT_CASES: ConformanceGroup = {
  concept: 'contract',
  cases: [
    {
      id: 'result-is-one-and-last',
      title: 'ends with exactly one result event, which is the result',
      languages: ['bash'],
      run: async (context) => {
        for (const code of [`echo fine\n`, `exit 3\n`]) {
          const { events, result } = await context.run(bash(code));
          const results = events.flatMap((event) => (event.type === 'result' ? [event.result] : []));
          assert.equal(results.length, 1, 'there is not exactly one result event');
          assert.equal(events.at(-1)?.type, 'result', 'the result event is not the last');
          assert.deepEqual(results[0], result);
        }
      },
    },
    {
      id: 'stages-are-paired',
      title: 'starts and finishes its stages in order, whether the program fails or not',
      languages: ['c', 'bash'],
      run: async (context) => {
        const good = await context.run({ language: 'c', code: 'int main(void) { return 0; }\n' });
        expectPairedStages(good.events, ['compile', 'run']);
        const bad = await context.run({ language: 'c', code: 'int main(void) { return missing; }\n' });
        expectPairedStages(bad.events, ['compile']);
        assert.ok(
          !stagesOf(bad.events).some(({ stage }) => stage === 'run'),
          'a run stage after a compile error',
        );
        const plain = await context.run(bash(`exit 1\n`));
        expectPairedStages(plain.events, ['run']);
        assert.ok(
          !stagesOf(plain.events).some(({ stage }) => stage === 'compile'),
          'a compile stage without a compiler',
        );
      },
    },
    {
      id: 'output-lies-within-its-stage',
      title: 'passes on the output of a phase while its stage lasts',
      languages: ['c'],
      run: async (context) => {
        const code = '#warning careful\n#include <stdio.h>\nint main(void) { puts("ran"); return 0; }\n';
        const { events } = await context.run({ language: 'c', code });
        let current: string | null = null;
        const phases = new Set<string>();
        for (const event of events) {
          if (event.type === 'stage' && event.state !== 'progress')
            current = event.state === 'started' ? event.stage : null;
          if (event.type !== 'stdout' && event.type !== 'stderr') continue;
          assert.equal(event.phase, current, `output of ${event.phase} during ${String(current)}`);
          phases.add(event.phase);
        }
        assert.deepEqual([...phases], ['compile', 'run']);
      },
    },
    {
      id: 'same-program-same-result',
      title: 'gives the same result again, streamed or not',
      languages: ['python'],
      run: async (context) => {
        const code = `import sys\nprint("out")\nprint("err", file=sys.stderr)\nopen("made.txt", "w").write("made")\nsys.exit(3)\n`;
        const one = await context.run(python(code));
        const two = await context.run(python(code));
        const three = await context.wait(context.execute(context.plan(python(code))).result, 'the result');
        assert.deepEqual(essence(two.result), essence(one.result), 'the second run differs');
        assert.deepEqual(essence(three), essence(one.result), 'the run that nobody iterated differs');
        expectStatus(three, 'runtime_error');
      },
    },
    {
      id: 'streamed-equals-kept',
      title: 'keeps in the result what it streamed',
      languages: ['python'],
      run: async (context) => {
        const code = `import sys\nfor number in range(500):\n    print(number)\n    print(-number, file=sys.stderr)\n`;
        const { result, events } = await context.run(python(code));
        expectStatus(result, 'ok');
        for (const name of ['stdout', 'stderr'] as const) {
          assert.ok(streamed(events, name).equals(Buffer.from(runOf(result)[name].head)), `${name} differs`);
        }
        assert.equal(runOf(result).stdout.byteCount > 0, true);
      },
    },
    {
      id: 'plan-is-not-changed',
      title: 'leaves the plan as it was given',
      languages: ['c'],
      run: async (context) => {
        const plan = context.plan({
          language: 'c',
          code: 'int main(void) { return 0; }\n',
          files: [{ path: 'data', content: 'data' }],
          environment: { A: 'b' },
        });
        const before = JSON.stringify(plan);
        expectStatus(await context.wait(context.execute(plan).result, 'the result'), 'ok');
        assert.equal(JSON.stringify(plan), before);
      },
    },
    {
      id: 'failing-programs-are-results',
      title: 'makes a result of every way in which a program fails, and never an exception',
      languages: ['python', 'c'],
      run: async (context) => {
        const programs = [
          python(`raise RuntimeError("no")\n`),
          python(`import os\nos.abort()\n`),
          python(`def f(): return f()\nf()\n`),
          { language: 'c', code: 'int main(void) { return *(volatile int *)0; }\n' } as const,
          { language: 'c', code: '#error stop here\n' } as const,
        ];
        const statuses: string[] = [];
        for (const program of programs) statuses.push((await context.run(program)).result.status);
        assert.deepEqual(statuses, [
          'runtime_error',
          'runtime_error',
          'runtime_error',
          'runtime_error',
          'compile_error',
        ]);
      },
    },
  ],
};
