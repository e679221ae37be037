import type { Execution } from '@cloche/core/executor';

/** Comes back when a program, or its compiler, has said something; reads on for as long as it runs. */
export async function untilOutput(execution: Execution): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const read = async (): Promise<void> => {
    for await (const event of execution) {
      if (event.type === 'stdout' || event.type === 'stderr') resolve();
    }
    reject(new Error('nothing was said'));
  };
  read().catch(reject);
  execution.result.catch(() => undefined);
  return promise;
}
