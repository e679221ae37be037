import { AssertionError } from 'node:assert/strict';

/** Waits for `promise`, and fails naming `what` when it takes longer than `patienceMs`. */
export async function within<Value>(
  promise: PromiseLike<Value>,
  patienceMs: number,
  what: string,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new AssertionError({ message: `${what} did not happen within ${patienceMs} ms` }));
    }, patienceMs);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
