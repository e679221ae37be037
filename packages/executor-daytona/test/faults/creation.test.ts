import type { ClocheError } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import type { FaultAnswer } from '@cloche/daytona-test-server';
import { describe, expect } from 'vitest';
import type { Fixture } from '../support/daytona-fixture.ts';
import { namesLeft, planOf, run } from '../support/daytona-fixture.ts';
import { daytonaTest } from '../support/daytona-test.ts';

async function failureOf(work: Promise<unknown>): Promise<ClocheError> {
  try {
    await work;
  } catch (error) {
    return error as ClocheError;
  }
  return expect.fail('it succeeded');
}

interface Case {
  readonly answer: FaultAnswer;
  readonly isCarriedOut?: boolean;
  readonly hint: RegExp;
  readonly message?: RegExp;
}

const CASES: Readonly<Record<string, Case>> = {
  '401': { answer: { status: 401 }, hint: /DAYTONA_API_KEY/u },
  '402': { answer: { status: 402 }, hint: /balance/u },
  '403': { answer: { status: 403 }, hint: /write:sandboxes/u },
  '403, suspended': {
    answer: {
      status: 403,
      body: { statusCode: 403, message: 'Organization is suspended: Depleted credits' },
    },
    hint: /balance/u,
  },
  '400, a limit': {
    answer: {
      status: 400,
      body: { statusCode: 400, message: 'Total CPU limit exceeded. Maximum allowed: 4.' },
    },
    hint: /limits/u,
  },
  '404': { answer: { status: 404 }, hint: /\/api/u },
  '409': { answer: { status: 409 }, hint: /moment/u },
  '429, too long': { answer: { status: 429, headers: { 'Retry-After': '3600' } }, hint: /minute/u },
  '500': { answer: { status: 500 }, hint: /status/u },
  '500 after the sandbox was made': { answer: { status: 500 }, isCarriedOut: true, hint: /status/u },
  '502, a page': { answer: { status: 502, body: '<html>Bad gateway</html>' }, hint: /status/u },
  'a page to log in': { answer: 'html', hint: /\/api/u },
  'a page after the sandbox was made': { answer: 'html', isCarriedOut: true, hint: /\/api/u },
  'bytes that are no JSON': { answer: 'garbage', hint: /\/api/u },
  'JSON of another shape': { answer: 'wrong shape', hint: /\/api/u },
  null: { answer: 'null', hint: /\/api/u },
  'a connection cut in the answer': { answer: 'cut', hint: /network|status|\/api/u },
  'the same, after the sandbox was made': {
    answer: 'cut',
    isCarriedOut: true,
    hint: /network|status|\/api/u,
  },
  'a connection that closes': { answer: 'closed', hint: /network/u },
  'the same, after it was made': { answer: 'closed', isCarriedOut: true, hint: /network/u },
  silence: { answer: 'silence', hint: /in time/u, message: /no answer|timed out/u },
  'silence after the sandbox was made': { answer: 'silence', isCarriedOut: true, hint: /in time/u },
  'bytes without end': { answer: 'endless body', hint: /in time/u },
};

describe('a creation that fails ends in the right error, and leaves nothing', () => {
  for (const [name, { answer, isCarriedOut = false, hint, message }] of Object.entries(CASES)) {
    daytonaTest(name, async ({ server, executor }: Fixture) => {
      const fault = server.inject({ operation: 'createSandbox', times: Infinity, isCarriedOut, answer });
      const startedAtMs = performance.now();
      const error = await failureOf(run(executor(), planOf('echo ran')));
      expect(performance.now() - startedAtMs).toBeLessThan(20_000);
      expect(error.code).toBe('ERR_EXECUTOR_UNAVAILABLE');
      expect(error.text.message.en).toMatch(/^Could not create the Daytona sandbox\. Daytona API error: /u);
      expect(error.text.message.zh).toMatch(/^创建Daytona工作区失败/u);
      expect(error.text.message.en).toMatch(message ?? /./u);
      expect(error.text.hint?.en).toMatch(hint);
      expect(JSON.stringify([error.text, error.stack])).not.toContain(server.apiKey);
      fault.remove();
      expect(await namesLeft(server)).toEqual([]);
    });
  }
});

daytonaTest(
  'a rate limit is waited for as long as the service asks, and no longer',
  async ({ server, executor }) => {
    server.inject({
      operation: 'createSandbox',
      times: 2,
      answer: { status: 429, headers: { 'Retry-After-sandbox-create': '1' } },
    });
    const startedAtMs = performance.now();
    const result = await run(executor(), planOf('echo ran'));
    expect(outputText(result.run?.stdout ?? expect.fail('it did not run'))).toBe('ran\n');
    expect(performance.now() - startedAtMs).toBeGreaterThan(2000);
    expect(server.requests.filter(({ operation }) => operation === 'createSandbox')).toHaveLength(3);
    expect(await namesLeft(server)).toEqual([]);
  },
);

daytonaTest(
  'nothing is created a second time where the first may have been',
  async ({ server, executor }) => {
    server.inject({ operation: 'createSandbox', times: Infinity, isCarriedOut: true, answer: 'closed' });
    await failureOf(run(executor(), planOf('echo ran')));
    expect(server.requests.filter(({ operation }) => operation === 'createSandbox')).toHaveLength(1);
    expect(await namesLeft(server)).toEqual([]);
  },
);

describe('a sandbox that does not start is deleted', () => {
  for (const start of ['error', 'build_failed', 'never started'] as const) {
    daytonaTest(start, async ({ server, executor }: Fixture) => {
      server.setNextSandboxStart(start);
      const error = await failureOf(run(executor(), planOf('echo ran')));
      expect(error.code).toBe('ERR_EXECUTOR_UNAVAILABLE');
      expect(error.text.message.en).toMatch(/^Could not create the Daytona sandbox/u);
      expect(await namesLeft(server)).toEqual([]);
    });
  }

  daytonaTest('one that starts late is waited for', async ({ server, executor }) => {
    server.setNextSandboxStart({ startsAfterMs: 700 });
    expect((await run(executor(), planOf('echo ran'))).status).toBe('ok');
    expect(await namesLeft(server)).toEqual([]);
  });
});

daytonaTest(
  'an address where nothing of Daytona answers is said at once, and nothing is called left',
  async ({ server, executor }) => {
    const startedAtMs = performance.now();
    const error = await failureOf(
      run(executor({ apiUrl: server.apiUrl.replace(/\/api$/u, '') }), planOf('echo ran')),
    );
    expect(performance.now() - startedAtMs).toBeLessThan(1500);
    expect(error.text.hint?.en).toMatch(/end in \/api/u);
    expect(error.text.message.en).not.toMatch(/left/u);
  },
);

daytonaTest('an error names a sandbox that may be left', async ({ server, executor }) => {
  server.inject({ operation: 'createSandbox', isCarriedOut: true, answer: 'closed' });
  const lookups = server.inject({ operation: 'getSandbox', times: Infinity, answer: { status: 500 } });
  const error = await failureOf(run(executor(), planOf('echo ran')));
  const [left] = server.sandboxes();
  expect(error.text.message.en).toContain(left?.name ?? 'there is none');
  lookups.remove();
});

describe('cancelled during creation', () => {
  for (const answer of [{ delayMs: 1200 }, 'silence'] as const) {
    daytonaTest(JSON.stringify(answer), async ({ server, executor }: Fixture) => {
      server.inject({ operation: 'createSandbox', isCarriedOut: true, answer });
      const abort = new AbortController();
      const daytona = executor();
      const result = run(daytona, planOf('echo ran'), abort.signal);
      await new Promise((resolve) => setTimeout(resolve, 300));
      abort.abort();
      const { status, run: phase } = await result;
      expect([status, phase]).toEqual(['cancelled', null]);
      await daytona[Symbol.asyncDispose]();
      expect(await namesLeft(server, 500)).toEqual([]);
    });
  }
});
