import { spawn } from 'node:child_process';
import type { Executor } from '@cloche/core/executor';
import type { Mutant } from './mutant.ts';
import { withExecution, withPlan } from './rewire.ts';

/** Longer than the case looks for it. */
const LEFT_BEHIND_SECONDS = 8;

function cancelTogether(executor: Executor): Executor {
  const together = new AbortController();
  return {
    ...executor,
    execute: (plan, { signal }) => {
      signal.addEventListener('abort', () => {
        together.abort();
      });
      return executor.execute(plan, { signal: together.signal });
    },
  };
}

/** Executors that do not end what they should, or end what they should not. */
export const MUTANTS_OF_ENDINGS: readonly Mutant[] = [
  {
    id: 'ignores-deadlines',
    breaks: [
      'timeout-sleep',
      'timeout-busy-loop',
      'timeout-signals-ignored',
      'timeout-while-flooding',
      'timeout-while-nobody-reads',
      'timeout-in-the-compiler',
    ],
    hangs: true,
    wrap: withPlan((plan) => ({
      ...plan,
      limits: { ...plan.limits, runTimeoutMs: 80_000, compileTimeoutMs: 80_000 },
    })),
  },
  {
    id: 'leaves-a-process-behind',
    breaks: [
      'timeout-double-fork',
      'timeout-setsid',
      'timeout-in-the-compiler',
      'process-left-behind',
      'cancel-at-once',
      'cancel-while-running',
      'dispose-during-a-run',
    ],
    wrap: withExecution((inner, plan) => {
      // Where the mark stands: the last argument of the program, or of its compiler.
      const words = plan.compile?.kind === 'command' ? plan.compile.argv : plan.runArgv;
      spawn('sh', ['-c', `sleep ${LEFT_BEHIND_SECONDS}; true`, ...words], {
        detached: true,
        stdio: 'ignore',
      }).unref();
      return inner;
    }),
  },
  {
    id: 'ignores-cancelling',
    breaks: [
      'before-the-start',
      'at-once',
      'in-the-compiler',
      'while-running',
      'while-flooding',
      'while-stdin-waits',
      'while-nobody-reads',
      'one-of-two',
    ].map((what) => `cancel-${what}`),
    hangs: true,
    wrap: (executor) => ({
      ...executor,
      execute: (plan) => executor.execute(plan, { signal: new AbortController().signal }),
    }),
  },
  { id: 'cancels-all-for-one', breaks: ['cancel-one-of-two'], wrap: cancelTogether },
  {
    id: 'changes-its-mind-when-cancelled-late',
    breaks: ['cancel-after-the-end'],
    wrap: withExecution((inner, _, { signal }) => ({
      ...inner,
      get result() {
        return inner.result.then((result) =>
          signal.aborted ? { ...result, status: 'cancelled' as const } : result,
        );
      },
      [Symbol.asyncIterator]: () => inner[Symbol.asyncIterator](),
    })),
  },
];
