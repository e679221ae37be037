import { setTimeout as delay } from 'node:timers/promises';
import type { Execution, ExecutionEvent, ExecutionResult, Executor } from '@cloche/core/executor';
import type { Mutant } from './mutant.ts';
import { replaceStream, withExecution, withStream } from './rewire.ts';

/** Reads an execution as fast as it goes, whatever the consumer does. */
function readAhead(
  inner: Execution,
  keep: (queue: ExecutionEvent[]) => void,
): () => AsyncGenerator<ExecutionEvent, void> {
  return async function* () {
    const queue: ExecutionEvent[] = [];
    const reader = { isDone: false };
    const read = async (): Promise<void> => {
      for await (const event of inner) {
        queue.push(event);
        keep(queue);
      }
      reader.isDone = true;
    };
    const reading = read();
    while (!reader.isDone || queue.length > 0) {
      const event = queue.shift();
      if (event === undefined) await delay(1);
      else yield event;
    }
    await reading;
  };
}

/** The first execution's result stands for all that begin while it lasts. */
function mixUp(executor: Executor): Executor {
  let first: Promise<ExecutionResult> | null = null;
  return withExecution((inner) => {
    first ??= inner.result;
    const chosen = first;
    const mixed = inner.result.then(async (own) => ({ ...(await chosen), id: own.id }));
    return replaceStream(inner, mixed, async function* () {
      for await (const event of inner)
        yield event.type === 'result' ? { type: 'result', result: await mixed } : event;
    });
  })(executor);
}

/** Executors that break the promises about events and stdin. */
export const MUTANTS_OF_STREAMS: readonly Mutant[] = [
  {
    id: 'repeats-the-result',
    breaks: ['result-is-one-and-last'],
    wrap: withExecution((inner) =>
      replaceStream(inner, inner.result, async function* () {
        for await (const event of inner) {
          yield event;
          if (event.type === 'result') yield event;
        }
      }),
    ),
  },
  {
    id: 'ends-without-a-result-event',
    breaks: ['result-is-one-and-last'],
    wrap: withExecution((inner) =>
      replaceStream(inner, inner.result, async function* () {
        for await (const event of inner) if (event.type !== 'result') yield event;
      }),
    ),
  },
  {
    id: 'speaks-after-the-result',
    breaks: ['timeout-ends-the-output', 'result-is-one-and-last'],
    wrap: withExecution((inner) =>
      replaceStream(inner, inner.result, async function* () {
        for await (const event of inner) yield event;
        yield { type: 'stdout', phase: 'run', data: Buffer.from('late') };
      }),
    ),
  },
  {
    id: 'finishes-no-stage',
    breaks: ['stages-are-paired'],
    wrap: withStream({
      event: (event) => (event.type === 'stage' && event.state === 'finished' ? [] : [event]),
    }),
  },
  {
    id: 'takes-all-output-for-the-run',
    breaks: ['output-lies-within-its-stage'],
    wrap: withStream({
      event: (event) =>
        event.type === 'stdout' || event.type === 'stderr' ? [{ ...event, phase: 'run' }] : [event],
    }),
  },
  {
    id: 'needs-a-consumer',
    breaks: ['not-iterated'],
    hangs: true,
    wrap: withExecution((inner) => {
      const iterated = Promise.withResolvers<void>();
      const result = iterated.promise.then(() => inner.result);
      return replaceStream(inner, result, async function* () {
        iterated.resolve();
        yield* inner;
      });
    }),
  },
  {
    id: 'drops-what-is-not-read-in-time',
    breaks: ['slow-consumer-gets-every-byte', 'slow-consumer-slows-the-program'],
    wrap: withExecution((inner) =>
      replaceStream(
        inner,
        inner.result,
        readAhead(inner, (queue) => queue.splice(0, queue.length - 8)),
      ),
    ),
  },
  {
    id: 'piles-up-what-is-not-read',
    breaks: ['slow-consumer-slows-the-program'],
    wrap: withExecution((inner) =>
      replaceStream(
        inner,
        inner.result,
        readAhead(inner, () => undefined),
      ),
    ),
  },
  {
    id: 'ends-with-its-consumer',
    breaks: ['leaving-the-loop-early'],
    wrap: (executor) => ({
      ...executor,
      execute: (plan, { signal }) => {
        const leaving = new AbortController();
        const inner = executor.execute(plan, { signal: AbortSignal.any([signal, leaving.signal]) });
        return replaceStream(inner, inner.result, async function* () {
          try {
            yield* inner;
          } finally {
            leaving.abort();
          }
        });
      },
    }),
  },
  {
    id: 'serves-any-number-of-consumers',
    breaks: ['second-iterator-is-refused'],
    wrap: withExecution((inner) => {
      let isIterated = false;
      return replaceStream(inner, inner.result, async function* () {
        if (isIterated) return;
        isIterated = true;
        yield* inner;
      });
    }),
  },
  {
    id: 'loses-the-exit-code-when-streamed',
    breaks: ['same-program-same-result'],
    wrap: withExecution((inner) => {
      let isIterated = false;
      const result = inner.result.then((value): ExecutionResult =>
        isIterated && value.run !== null ? { ...value, run: { ...value.run, exitCode: 0 } } : value,
      );
      return replaceStream(inner, result, async function* () {
        isIterated = true;
        for await (const event of inner)
          yield event.type === 'result' ? { type: 'result', result: await result } : event;
      });
    }),
  },
  {
    id: 'mixes-up-executions',
    breaks: ['concurrent-outputs', 'concurrent-files', 'concurrent-endings'],
    wrap: mixUp,
  },
  {
    id: 'gathers-stdin-until-its-end',
    breaks: ['stdin-conversation'],
    hangs: true,
    wrap: withExecution((inner) => {
      const gathered: Uint8Array[] = [];
      return {
        ...replaceStream(inner, inner.result, () => readAhead(inner, () => undefined)()),
        write: (data) => Promise.resolve(gathered.push(data) > 0),
        closeStdin: () => {
          void inner.write(Buffer.concat(gathered)).finally(() => {
            inner.closeStdin();
          });
        },
      };
    }),
  },
  {
    id: 'drops-every-third-write',
    breaks: ['stdin-stream-is-lossless', 'stdin-conversation'],
    hangs: true,
    wrap: withExecution((inner) => {
      let count = 0;
      return {
        ...replaceStream(inner, inner.result, () => readAhead(inner, () => undefined)()),
        write: (data) => {
          count += 1;
          return count % 3 === 0 ? Promise.resolve(true) : inner.write(data);
        },
      };
    }),
  },
  {
    id: 'takes-every-write',
    breaks: [
      'stdin-write-after-the-end',
      'stdin-closed-by-the-program',
      'stdin-write-is-refused',
      'cancel-while-stdin-waits',
    ],
    wrap: withExecution((inner) => ({
      ...replaceStream(inner, inner.result, () => readAhead(inner, () => undefined)()),
      write: (data) =>
        inner.write(data).then(
          () => true,
          () => true,
        ),
    })),
  },
];
