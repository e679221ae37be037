import assert from 'node:assert/strict';
import type { Executor, ExecutorCapabilities } from '@cloche/core/executor';
import { createPlan } from '@cloche/core/executor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFakeExecutor } from '../src/fake/index.ts';
import type { ConformanceCase, ConformanceSubject } from '../src/index.ts';
import { conformanceGroups, plantCanary, runConformanceCase } from '../src/index.ts';
import { createTestHost } from './create-test-host.ts';
import { ALL_MUTANTS } from './mutants/all-mutants.ts';
import type { Mutant } from './mutants/mutant.ts';

const PATIENCE_MS = 30_000;
/** What waits for ever is waited for no longer than it takes to begin. */
const PATIENCE_WITH_HANGING_MS = 3000;

const cases = new Map<string, ConformanceCase>(
  conformanceGroups().flatMap((group) => group.cases.map((one) => [one.id, one])),
);
const canary = plantCanary();
const prototype = createFakeExecutor({ host: createTestHost() });
let capabilities: ExecutorCapabilities | null = null;

beforeAll(async () => {
  capabilities = await prototype.capabilities();
}, 300_000);

afterAll(async () => {
  await prototype[Symbol.asyncDispose]();
  canary.remove();
});

/** A fake executor that answers at once what it can, since asking nine compilers for each mutant takes long. */
function createInner(): Executor {
  const executor = createFakeExecutor({ host: createTestHost() });
  return {
    ...executor,
    capabilities: () => {
      assert.ok(capabilities !== null);
      return Promise.resolve(capabilities);
    },
  };
}

async function createSubject(mutant: Mutant): Promise<ConformanceSubject> {
  const create = (): Promise<Executor> => Promise.resolve(mutant.wrap?.(createInner()) ?? createInner());
  const executor = await create();
  return {
    create,
    executor,
    capabilities: await executor.capabilities(),
    canary,
    createPlan: mutant.createPlan ?? createPlan,
    patienceMs: mutant.hangs === true ? PATIENCE_WITH_HANGING_MS : PATIENCE_MS,
  };
}

/** What a case throws when it notices something; anything else is a mistake of the case. */
async function verdictOf(
  conformanceCase: ConformanceCase,
  subject: ConformanceSubject,
  mutant: Mutant,
): Promise<string | null> {
  try {
    await runConformanceCase(conformanceCase, subject);
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) return `failed by itself: ${String(error)}`;
    const isImpatience = / did not happen within \d+ ms$/u.test(error.message);
    return isImpatience && mutant.hangs !== true ? `waited in vain: ${error.message}` : null;
  }
  return 'passed';
}

test('each case has a mutant that it must notice', () => {
  const noticed = new Set(ALL_MUTANTS.flatMap(({ breaks }) => breaks));
  expect([...cases.keys()].filter((id) => !noticed.has(id))).toEqual([]);
});

test('each mutant names cases that exist, under a name of its own', () => {
  expect(ALL_MUTANTS.flatMap(({ breaks }) => breaks.filter((id) => !cases.has(id)))).toEqual([]);
  expect(new Set(ALL_MUTANTS.map(({ id }) => id)).size).toBe(ALL_MUTANTS.length);
});

describe('an executor that', () => {
  for (const mutant of ALL_MUTANTS) {
    test.concurrent(
      `${mutant.id.replaceAll('-', ' ')} is noticed`,
      { timeout: 240_000 },
      async ({ expect: expectHere }) => {
        const subject = await createSubject(mutant);
        try {
          const verdicts: string[] = [];
          for (const id of mutant.breaks) {
            const conformanceCase = cases.get(id);
            assert.ok(conformanceCase !== undefined, id);
            const verdict = await verdictOf(conformanceCase, subject, mutant);
            if (verdict !== null) verdicts.push(`${id} ${verdict}`);
          }
          expectHere(verdicts).toEqual([]);
        } finally {
          await subject.executor[Symbol.asyncDispose]().catch(() => undefined);
        }
      },
    );
  }
});
