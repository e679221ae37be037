import { ClocheError } from '@cloche/core/executor';
import { expect } from 'vitest';

/** What some work fails with, which must be an error for people: a code, a text and a hint in both languages. */
export async function failureOf(work: Promise<unknown>): Promise<ClocheError> {
  const error = await work.then(
    (value) => new Error(`nothing failed: ${JSON.stringify(value).slice(0, 300)}`),
    (reason: unknown) => reason,
  );
  if (!ClocheError.isInstance(error)) throw error;
  const { message, hint } = error.text;
  for (const text of [message.en, hint?.en]) expect(text).toMatch(/[a-z]{3}/u);
  for (const text of [message.zh, hint?.zh]) expect(text).toMatch(/\p{Script=Han}{2}/u);
  return error;
}

/** How long some work takes, however it ends, milliseconds. */
export async function durationOf(work: Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work.catch(() => undefined);
  return performance.now() - startedAtMs;
}
