import assert from 'node:assert/strict';
import { isIsolationAtLeast } from '@cloche/core/executor';
import type { CaseContext } from '../case-context.ts';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectStatus, okJson, okText } from '../expectations.ts';
import { expectWarning } from './isolation-warning.ts';
import { processMark } from './process-marks.ts';
import { bash, python } from './requests.ts';

const COUNT = 8;
const NUMBERS = Array.from({ length: COUNT }, (_, number) => number);

async function runTogether(
  context: CaseContext,
  code: (number: number) => string,
  argument: (number: number) => string,
) {
  const observations = NUMBERS.map((number) =>
    context.run(python(code(number), { arguments: [argument(number)] })),
  );
  return await Promise.all(observations);
}

export const CONCURRENCY_CASES: ConformanceGroup = {
  concept: 'concurrency',
  cases: [
    {
      id: 'concurrent-outputs',
      title: 'gives eight programs that run at once their own output each',
      languages: ['python'],
      run: async (context) => {
        const code = `import sys, time
for count in range(200):
    print(sys.argv[1], count)
    time.sleep(0.001)
`;
        const observations = await runTogether(
          context,
          () => code,
          (number) => `program-${number}`,
        );
        for (const [number, { result }] of observations.entries()) {
          const expected = Array.from({ length: 200 }, (_, count) => `program-${number} ${count}\n`).join('');
          assert.equal(okText(result), expected);
        }
        assert.equal(new Set(observations.map(({ result }) => result.id)).size, COUNT);
      },
    },
    {
      id: 'concurrent-files',
      title: 'keeps the files of eight programs that run at once apart',
      languages: ['python'],
      run: async (context) => {
        const code = `import os, sys, tempfile, time
for place in (".", "../build", os.environ["HOME"], tempfile.gettempdir()):
    with open(os.path.join(place, "same-name"), "x") as file:
        file.write(sys.argv[1])
time.sleep(0.5)
print(open("same-name").read(), sorted(os.listdir(".")))
`;
        const observations = await runTogether(
          context,
          () => code,
          (number) => `program-${number}`,
        );
        for (const [number, { result }] of observations.entries()) {
          assert.equal(okText(result), `program-${number} ['main.py', 'same-name']\n`);
          assert.deepEqual(
            result.artifacts.map(({ path, content }) => [path, Buffer.from(content).toString()]),
            [['same-name', `program-${number}`]],
          );
        }
      },
    },
    {
      id: 'concurrent-processes',
      title: 'hides the processes of one program from another (isolation none: warns that it does not)',
      languages: ['python'],
      run: async (context) => {
        if (!isIsolationAtLeast(context.capabilities.isolation, 'process')) {
          await expectWarning(context);
          return;
        }
        const mark = processMark();
        const code = `import glob, json, sys, time
time.sleep(1)
seen = set()
for path in glob.glob("/proc/[0-9]*/cmdline"):
    try:
        words = open(path, "rb").read().decode("utf-8", "replace").split("\\0")
    except OSError:
        continue
    seen.update(word for word in words if word.startswith(sys.argv[1][:-2]))
time.sleep(1)
print(json.dumps(sorted(seen)))
`;
        const observations = await runTogether(
          context,
          () => code,
          (number) => `${mark}-${number}`,
        );
        for (const [number, { result }] of observations.entries())
          assert.deepEqual(okJson(result), [`${mark}-${number}`]);
      },
    },
    {
      id: 'concurrent-endings',
      title: 'lets programs that run at once end each in its own way',
      languages: ['python', 'bash'],
      run: async (context) => {
        const [failed, timedOut, killed, well] = await Promise.all([
          context.run(bash(`exit 7\n`)),
          context.run(python(`import time\ntime.sleep(90)\n`, { limits: { runTimeoutMs: 1000 } })),
          context.run(bash(`kill -KILL $$\n`)),
          context.run(python(`import time\ntime.sleep(2)\nprint("well")\n`)),
        ]);
        expectStatus(failed.result, 'runtime_error');
        assert.equal(failed.result.run?.exitCode, 7);
        expectStatus(timedOut.result, 'timeout');
        expectStatus(killed.result, 'runtime_error');
        assert.equal(killed.result.run?.signal, 'SIGKILL');
        assert.equal(okText(well.result), 'well\n');
      },
    },
  ],
};
