import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Executor } from '@cloche/core/executor';
import type { Mutant } from './mutant.ts';
import { withPlan } from './rewire.ts';

/** One home directory for all executions of an executor. */
function shareHome(executor: Executor): Executor {
  const home = mkdtempSync(join(tmpdir(), 'cloche-mutant-'));
  const shared = withPlan((plan) => ({ ...plan, environment: { ...plan.environment, HOME: home } }))(
    executor,
  );
  return {
    ...shared,
    [Symbol.asyncDispose]: async () => {
      await executor[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Executors that run programs in a place that is not their own. */
export const MUTANTS_OF_PLACES: readonly Mutant[] = [
  {
    id: 'keeps-the-home-directory',
    breaks: ['work-directory-is-fresh', 'concurrent-files'],
    wrap: shareHome,
  },
];
