import type { Executor, ReapReport } from '@cloche/core/executor';
import type { Mutant } from './mutant.ts';

/** An executor whose `end` ends all that it started, and what others started that share `all`. */
function endTogether(executor: Executor, all: Set<AbortController>): Executor {
  return {
    ...executor,
    execute: (plan, { signal }) => {
      const controller = new AbortController();
      all.add(controller);
      return executor.execute(plan, { signal: AbortSignal.any([signal, controller.signal]) });
    },
  };
}

function endAll(all: Set<AbortController>): void {
  for (const controller of all) controller.abort();
}

const everyExecution = new Set<AbortController>();

/** Executors that begin or end badly. */
export const MUTANTS_OF_LIFE: readonly Mutant[] = [
  {
    id: 'has-a-name-of-another-form',
    breaks: ['executor-introduces-itself'],
    wrap: (executor) => ({ ...executor, name: 'Fake Executor' }),
  },
  {
    id: 'is-never-available',
    breaks: ['probe-says-available'],
    wrap: (executor) => {
      const text = { en: 'No.', zh: '否。' };
      const probe: Executor['probe'] = () =>
        Promise.resolve({
          available: false,
          code: 'ERR_EXECUTOR_UNAVAILABLE',
          reason: text,
          hint: text,
          fix: [],
        });
      return { ...executor, probe };
    },
  },
  {
    id: 'rejects-a-probe',
    breaks: ['probe-never-rejects'],
    wrap: (executor) => ({
      ...executor,
      probe: async (options) => {
        options?.signal?.throwIfAborted();
        return await executor.probe(options);
      },
    }),
  },
  {
    id: 'is-never-disposed',
    breaks: ['dispose-during-a-run', 'execute-after-dispose'],
    wrap: (executor) => ({ ...executor, [Symbol.asyncDispose]: () => Promise.resolve() }),
  },
  {
    id: 'does-not-wait-when-disposed',
    breaks: ['dispose-during-a-run'],
    wrap: (executor) => ({
      ...executor,
      [Symbol.asyncDispose]: () => {
        void executor[Symbol.asyncDispose]();
        return Promise.resolve();
      },
    }),
  },
  {
    id: 'is-disposed-once',
    breaks: ['dispose-twice'],
    wrap: (executor) => {
      let isDisposed = false;
      return {
        ...executor,
        [Symbol.asyncDispose]: async () => {
          if (isDisposed) throw new Error('disposed already');
          isDisposed = true;
          await executor[Symbol.asyncDispose]();
        },
      };
    },
  },
  {
    id: 'takes-others-along-when-disposed',
    breaks: ['dispose-leaves-others-alone'],
    wrap: (executor) => ({
      ...endTogether(executor, everyExecution),
      [Symbol.asyncDispose]: async () => {
        endAll(everyExecution);
        await executor[Symbol.asyncDispose]();
      },
    }),
  },
  {
    id: 'reaps-the-living',
    breaks: ['reap-leaves-the-living'],
    wrap: (executor) => {
      const own = new Set<AbortController>();
      return {
        ...endTogether(executor, own),
        reap: () => {
          endAll(own);
          return executor.reap();
        },
      };
    },
  },
  {
    id: 'reports-nothing-of-its-reaping',
    breaks: ['reap-reports'],
    wrap: (executor) => ({ ...executor, reap: () => Promise.resolve({} as ReapReport) }),
  },
];
