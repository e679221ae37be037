import type { LanguageId } from '@cloche/core/executor';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startAhead } from '../../src/container/start-ahead.ts';
import { findTestEngine } from '../support/test-engine.ts';
import { Laboratory } from './laboratory.ts';
import type { Observation } from './observation.ts';
import type { Program } from './program.ts';

/** A laboratory for the tests of a file; they are skipped, with the reason, where there is no engine. */
export function useLaboratory(): () => Laboratory {
  let laboratory: Laboratory | null = null;
  let reason = '';
  beforeAll(async () => {
    const engine = await findTestEngine();
    if (engine.available) laboratory = await Laboratory.open(engine.image);
    else ({ reason } = engine);
  });
  beforeEach((context) => {
    if (laboratory === null) context.skip(reason);
  });
  afterAll(() => laboratory?.close());
  return () => {
    if (laboratory === null) throw new Error(reason);
    return laboratory;
  };
}

/** One test for each program: it observes the same behind a FIFO as at a plain start. */
export function describePrograms(
  language: LanguageId,
  programs: readonly Program[],
  laboratory: () => Laboratory,
): void {
  describe(`${language}, started ahead or plainly, is the same in`, () => {
    test.for(programs)('$name', async (program) => {
      const job = await laboratory().jobOf(language, program);
      const ahead = startAhead(job, language);
      expect(ahead, 'it can be started ahead').not.toBeNull();
      const plain = await laboratory().run(language, job, { ahead: null });
      expectAsDescribed(program, plain);
      expect(await laboratory().run(language, job, { ahead })).toEqual(plain);
    });
  });
}

export function expectAsDescribed(
  { exitCode = 0, signal, stdout = '', stderr = '' }: Program,
  observed: Observation,
): void {
  const text = `${observed.stdout}${observed.stderr}`;
  const { ending } = observed;
  expect({ exitCode: ending.exitCode, signal: ending.signal }, text).toEqual({
    exitCode: signal === undefined ? exitCode : null,
    signal: signal ?? null,
  });
  expect(Buffer.from(observed.stdout, 'latin1').toString()).toMatch(stdout);
  expect(Buffer.from(observed.stderr, 'latin1').toString()).toMatch(stderr);
}
