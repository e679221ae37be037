import assert from 'node:assert/strict';
import type {
  EnforcedLimit,
  ExecutionLimits,
  ExecutionRequest,
  ExecutionResult,
} from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import type { CaseContext } from '../case-context.ts';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import { expectFailure, expectStatus, okJson, runOf } from '../expectations.ts';
import { processMark, expectNothingAlive } from './process-marks.ts';
import { python } from './requests.ts';

const MEBIBYTE = 1024 * 1024;

interface LimitTrial {
  readonly id: string;
  readonly title: string;
  readonly limit: EnforcedLimit;
  readonly limits: Partial<ExecutionLimits>;
  /** Goes beyond the limit, but not without bound: an executor that lies must not take the machine down. */
  readonly code: string;
  readonly check: (context: CaseContext, result: ExecutionResult) => void;
}

function expectBroken(
  status: 'limit' | 'out_of_memory',
  limit: EnforcedLimit,
): (context: CaseContext, result: ExecutionResult) => void {
  return (_, result) => {
    expectStatus(result, status);
    assert.deepEqual([result.limit, result.stoppedIn, runOf(result).stoppedBy], [limit, 'run', status]);
    assert.ok(
      result.hint !== null && result.hint.en !== '' && result.hint.zh !== '',
      'the person is told nothing about it',
    );
    assert.ok(!outputText(runOf(result).stdout).includes('survived'), 'the program got past the limit');
  };
}

const TRIALS: readonly LimitTrial[] = [
  {
    id: 'limit-memory',
    title: 'ends a program that takes more memory than it may, as out_of_memory',
    limit: 'memory',
    limits: { memoryBytes: 96 * MEBIBYTE },
    code: `blocks = [b"x" * (16 * 1024 * 1024) for _ in range(24)]\nprint("survived")\n`,
    check: expectBroken('out_of_memory', 'memory'),
  },
  {
    id: 'limit-memory-of-all-processes',
    title: 'counts the memory of all processes of a program together',
    limit: 'memory',
    // Twelve of 40 MiB: more than the limit and the scratch space together, which an engine may count as one.
    limits: { memoryBytes: 96 * MEBIBYTE },
    code: `import os, sys, time
children = []
for _ in range(12):
    child = os.fork()
    if child == 0:
        block = b"x" * (40 * 1024 * 1024)
        time.sleep(2)
        os._exit(0)
    children.append(child)
failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
if not failed:
    print("survived")
sys.exit(1)
`,
    check: expectBroken('out_of_memory', 'memory'),
  },
  {
    id: 'limit-processes',
    title: 'ends a program that starts more processes than it may, as limit',
    limit: 'processes',
    limits: { processCount: 24 },
    code: `import os, time
for _ in range(80):
    if os.fork() == 0:
        time.sleep(3)
        os._exit(0)
print("survived")
`,
    check: expectBroken('limit', 'processes'),
  },
  {
    id: 'limit-threads',
    title: 'counts threads as processes',
    limit: 'processes',
    limits: { processCount: 24 },
    code: `import threading, time
for _ in range(80):
    threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
print("survived")
`,
    check: expectBroken('limit', 'processes'),
  },
  {
    id: 'limit-scratch',
    title: 'ends a program that fills the work directory, as limit',
    limit: 'scratch',
    limits: { scratchBytes: 16 * MEBIBYTE },
    code: `with open("filling", "wb") as file:
    for _ in range(64):
        file.write(b"x" * (1024 * 1024))
        file.flush()
print("survived")
`,
    check: expectBroken('limit', 'scratch'),
  },
  {
    id: 'limit-scratch-of-temporary-files',
    title: 'counts temporary files as scratch space',
    limit: 'scratch',
    limits: { scratchBytes: 16 * MEBIBYTE },
    code: `import tempfile
with tempfile.NamedTemporaryFile(delete=False) as file:
    for _ in range(64):
        file.write(b"x" * (1024 * 1024))
        file.flush()
    print("survived")
`,
    check: expectBroken('limit', 'scratch'),
  },
  {
    id: 'limit-open-files',
    title: 'lets a process open no more files than it may',
    limit: 'openFiles',
    limits: { openFileCount: 64 },
    code: `import json
files = []
try:
    for _ in range(200):
        files.append(open("/dev/null"))
except OSError as error:
    print(json.dumps({"opened": len(files), "error": error.errno}))
else:
    print(json.dumps({"opened": len(files), "error": 0}))
`,
    check: (_, result) => {
      const { opened, error } = okJson(result) as { opened: number; error: number };
      assert.ok(opened > 32 && opened <= 64, `${opened} files were opened under a limit of 64`);
      assert.equal(error, 24, 'the refusal is not EMFILE');
    },
  },
  {
    id: 'limit-cpu',
    title: 'gives four busy processes no more of the processors than they may have',
    limit: 'cpu',
    limits: { cpuCount: 0.1 },
    code: `import json, os, time
started = time.monotonic()
children = []
for _ in range(3):
    children.append(os.fork())
    if children[-1] == 0:
        break
while time.monotonic() - started < 2.5:
    pass
if children[-1] == 0:
    os._exit(0)
for child in children:
    os.waitpid(child, 0)
times = os.times()
print(json.dumps((times.user + times.system + times.children_user + times.children_system) / (time.monotonic() - started)))
`,
    check: (_, result) => {
      const processors = okJson(result) as number;
      // Far below the share that four processes get on a busy machine without any limit.
      assert.ok(processors < 0.2, `the program had ${processors} processors under a limit of 0.1`);
    },
  },
];

/** The limit as it is enforced; where it is not, a plan that requires it is refused before anything starts. */
async function heldOrRefused(
  context: CaseContext,
  trial: Pick<LimitTrial, 'limit' | 'limits'>,
  request: ExecutionRequest,
): Promise<ExecutionResult | null> {
  if (context.capabilities.limits[trial.limit] !== 'enforced') {
    await expectLimitRefused(context, request);
    return null;
  }
  const { result } = await context.run(request);
  const { support, value, mechanism } = result.enforcement[trial.limit];
  assert.equal(support, 'enforced', `the capability says enforced, the run ${support}`);
  assert.equal(value, Object.values(trial.limits)[0], 'another value was in force');
  assert.ok(mechanism !== null && mechanism !== '', 'nothing is named that holds it');
  return result;
}

/** Refused means: with the code that says so, and without any stage. */
export async function expectLimitRefused(context: CaseContext, request: ExecutionRequest): Promise<void> {
  const kinds: string[] = [];
  const { observation, execution } = context.start(request, { onEvent: ({ type }) => kinds.push(type) });
  const failure = await context.wait(
    expectFailure(observation, 'a plan that requires what cannot be held'),
    'the refusal',
  );
  assert.equal(failure.code, 'ERR_CAPABILITY_UNSUPPORTED');
  assert.deepEqual(kinds, [], 'something had started');
  const same = await context.wait(expectFailure(execution.result, 'the result'), 'the refusal');
  assert.equal(same.code, 'ERR_CAPABILITY_UNSUPPORTED');
}

function trialCase(trial: LimitTrial): ConformanceCase {
  return {
    id: trial.id,
    title: `${trial.title} (where not enforced: refuses to promise it)`,
    languages: ['python'],
    alone: true,
    run: async (context) => {
      const result = await heldOrRefused(context, trial, python(trial.code, { limits: trial.limits }));
      if (result !== null) trial.check(context, result);
    },
  };
}

const FORK_BOMB = `import os, sys
while True:
    try:
        os.fork()
    except OSError:
        pass
`;

export const LIMIT_CASES: ConformanceGroup = {
  concept: 'limits',
  cases: [
    ...TRIALS.map(trialCase),
    {
      id: 'limit-fork-bomb',
      title: 'ends a fork bomb with everything that it started (where processes are not enforced: refuses)',
      languages: ['python'],
      alone: true,
      run: async (context) => {
        const mark = processMark();
        const limits = { processCount: 40, runTimeoutMs: 3000 };
        // A real bomb only goes off where a bounded one was held before.
        const trial = TRIALS.find(({ id }) => id === 'limit-processes');
        assert.ok(trial !== undefined);
        const held = await heldOrRefused(context, trial, python(trial.code, { limits: trial.limits }));
        if (held === null) return;
        trial.check(context, held);
        const { result } = await context.run(python(FORK_BOMB, { limits, arguments: [mark] }));
        assert.ok(['limit', 'timeout'].includes(result.status), `a fork bomb ended as ${result.status}`);
        await expectNothingAlive(context, mark);
      },
    },
    {
      id: 'limits-by-default-are-best-effort',
      title: 'runs a plan whose limits are defaults, whatever it can enforce',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(python(`print("ran")\n`));
        expectStatus(result, 'ok');
      },
    },
    {
      id: 'limits-that-always-hold',
      title: 'enforces wall time and the output cap, as every executor must',
      languages: [],
      run: async ({ capabilities }) => {
        const { wall, output } = capabilities.limits;
        await Promise.resolve();
        assert.deepEqual({ wall, output }, { wall: 'enforced', output: 'enforced' });
      },
    },
    {
      id: 'own-heap-exhausted',
      title: 'calls a program that ran out of memory by its own account a runtime_error, with a hint',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(python(`print("before")\nblock = bytearray(1 << 60)\n`));
        expectStatus(result, 'runtime_error');
        assert.equal(runOf(result).exitCode, 1);
        assert.match(result.hint?.en ?? '', /memory/u);
        assert.match(result.hint?.zh ?? '', /内存/u);
      },
    },
  ],
};
