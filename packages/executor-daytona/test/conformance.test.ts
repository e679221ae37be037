import { LANGUAGES } from '@cloche/core/executor';
import { findDaytonaServerSupport, prepareGoLibrary, startDaytonaServer } from '@cloche/daytona-test-server';
import { realService } from './environment.ts';
import { namesLeft } from './support/daytona-fixture.ts';
import { describeDaytonaConformance } from './support/describe-daytona-conformance.ts';

const support = findDaytonaServerSupport();

describeDaytonaConformance('daytona', support.available ? null : support.reason, async () => {
  await prepareGoLibrary(LANGUAGES.go.environment);
  const server = await startDaytonaServer();
  return {
    options: { apiKey: server.apiKey, apiUrl: server.apiUrl },
    namesLeft: () => namesLeft(server),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
});

const real = realService();

describeDaytonaConformance(
  'daytona, a real service',
  real === null ? 'not run: CLOCHE_TEST_DAYTONA_URL and CLOCHE_TEST_DAYTONA_KEY are not set' : null,
  async () => ({
    options: real ?? {},
    // Whose sandboxes are there besides is not ours to judge; reaping has tests of its own.
    namesLeft: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }),
);
