import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXPECTATIONS, REVISIONS } from './exceptions.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import { runSuite } from './support/run-suite.ts';

const TIMEOUT_MS = 250_000;

describe('the official conformance suite, through this transport, its authentication and its shutdown', () => {
  let server: FixtureServer;

  beforeAll(async () => {
    server = await startFixtureServer();
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  test.each(REVISIONS)(
    'revision %s: every scenario passes but the listed exceptions, which do not',
    async (revision) => {
      const outcomes = await runSuite(server.url, revision);
      const { scenarios, exceptions } = EXPECTATIONS[revision];
      const succeeded = outcomes.reduce((sum, outcome) => sum + outcome.succeeded, 0);
      const passed = outcomes.filter((outcome) => outcome.passed);
      console.log(
        `${revision}: ${passed.length} of ${outcomes.length} scenarios pass, ${succeeded} checks succeed, ${Object.keys(exceptions).length} exceptions`,
      );
      const unexpected = outcomes.filter(
        ({ scenario, passed: isPassed }) => isPassed === scenario in exceptions,
      );
      expect(unexpected).toEqual([]);
      expect(outcomes).toHaveLength(scenarios);
      expect(outcomes.map(({ scenario }) => scenario)).toEqual(
        expect.arrayContaining(Object.keys(exceptions)),
      );
    },
    TIMEOUT_MS,
  );
});
