import type { ClocheError } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import type { FaultAnswer } from '@cloche/daytona-test-server';
import { describe, expect } from 'vitest';
import type { Fixture } from '../support/daytona-fixture.ts';
import { namesLeft, planOf, run } from '../support/daytona-fixture.ts';
import { daytonaTest } from '../support/daytona-test.ts';

/** Shows in its output how often it was started, and that all of it arrives. */
const PROGRAM = `echo start; for i in 1 2 3 4 5 6; do echo "$i"; sleep 0.1; done; echo end`;
const OUTPUT = 'start\n1\n2\n3\n4\n5\n6\nend\n';

const PASSING: Readonly<Record<string, FaultAnswer>> = {
  '429': { status: 429, headers: { 'Retry-After': '1' } },
  '500': { status: 500 },
  '502': { status: 502 },
  '503, a page': { status: 503, body: '<html>Sorry</html>' },
  '504': { status: 504 },
  html: 'html',
  garbage: 'garbage',
  'wrong shape': 'wrong shape',
  null: 'null',
  cut: 'cut',
  closed: 'closed',
  late: { delayMs: 700 },
};

describe('an answer that goes wrong once changes nothing: the program ran once, and all of its output is there', () => {
  for (const step of ['the launch', 'the second poll'] as const) {
    for (const isCarriedOut of [false, true]) {
      for (const [name, answer] of Object.entries(PASSING)) {
        const title = `${step}, ${isCarriedOut ? 'carried out' : 'not carried out'}: ${name}`;
        daytonaTest(title, async ({ server, executor }: Fixture) => {
          const skip = step === 'the launch' ? 0 : 2;
          const fault = server.inject({ operation: 'executeCommand', skip, isCarriedOut, answer });
          const result = await run(executor(), planOf(PROGRAM));
          expect(fault.count).toBe(1);
          expect(outputText(result.run?.stdout ?? expect.fail('it did not run'))).toBe(OUTPUT);
          expect([result.status, result.warnings]).toEqual(['ok', []]);
          expect(server.requests.filter(({ operation }) => operation === 'createSandbox')).toHaveLength(1);
          expect(await namesLeft(server)).toEqual([]);
        });
      }
    }
  }
});

describe('a service that gives no answer any more', () => {
  for (const [name, answer] of Object.entries({
    ...PASSING,
    silence: 'silence',
    '401': { status: 401 },
  } as const)) {
    if (name === 'late') continue;
    daytonaTest(
      `ends the run in an error, in bounded time: ${name}`,
      async ({ server, executor }: Fixture) => {
        server.inject({ operation: 'executeCommand', skip: 1, times: Infinity, answer });
        const startedAtMs = performance.now();
        const error = await run(executor(), planOf('echo start; sleep 30')).catch(
          (failure: unknown) => failure as ClocheError,
        );
        expect(performance.now() - startedAtMs).toBeLessThan(40_000);
        expect(error).toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
        expect((error as ClocheError).text.message.en).toMatch(/was lost while the program ran/u);
        expect((error as ClocheError).text.message.en).toMatch(/Daytona API error: /u);
        expect(await namesLeft(server)).toEqual([]);
      },
    );
  }
});

daytonaTest(
  'a sandbox whose computer dies ends the run in an error that says so, and is deleted',
  async ({ server, executor }) => {
    const execution = executor().execute(planOf('echo start; sleep 30'), {
      signal: new AbortController().signal,
    });
    for await (const event of execution) if (event.type === 'stdout') break;
    const [sandbox] = server.sandboxes();
    await server.loseSandbox(sandbox?.id ?? '');
    const error = await execution.result.catch((failure: unknown) => failure as ClocheError);
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR_FAILED', retryable: false });
    expect((error as ClocheError).text.hint?.en).toMatch(/memory/u);
    expect(server.requests.filter(({ operation }) => operation === 'createSandbox')).toHaveLength(1);
    expect(await namesLeft(server)).toEqual([]);
  },
);

describe('a deletion that goes wrong', () => {
  const answers: Readonly<Record<string, FaultAnswer>> = {
    '500': { status: 500 },
    '429': { status: 429, headers: { 'Retry-After': '1' } },
    closed: 'closed',
    html: 'html',
  };
  for (const [name, answer] of Object.entries(answers)) {
    daytonaTest(`is tried again: ${name}`, async ({ server, executor }: Fixture) => {
      server.inject({ operation: 'deleteSandbox', times: 2, answer });
      const result = await run(executor(), planOf('echo ran'));
      expect(result.status).toBe('ok');
      expect(await namesLeft(server)).toEqual([]);
    });
  }

  daytonaTest('for a change under way is tried again', async ({ server, executor }) => {
    server.setDeletion({ conflicts: 2 });
    const result = await run(executor(), planOf('echo ran'));
    expect([result.status, result.warnings]).toEqual(['ok', []]);
    expect(await namesLeft(server)).toEqual([]);
  });

  daytonaTest('does not hold up the result, which names the sandbox', async ({ server, executor }) => {
    const fault = server.inject({ operation: 'deleteSandbox', times: Infinity, answer: 'silence' });
    const startedAtMs = performance.now();
    const result = await run(executor(), planOf('echo ran'));
    expect(performance.now() - startedAtMs).toBeLessThan(8000);
    const [left] = server.sandboxes();
    expect(result.warnings.map(({ en }) => en).join(' ')).toContain(left?.name ?? 'there is none');
    expect(result.warnings.map(({ zh }) => zh).join(' ')).toContain(left?.name ?? 'there is none');
    fault.remove();
    expect(await namesLeft(server, 15_000)).toEqual([]);
  });

  daytonaTest('without permission is reported at once', async ({ server, executor }) => {
    const fault = server.inject({ operation: 'deleteSandbox', times: Infinity, answer: { status: 403 } });
    const result = await run(executor(), planOf('echo ran'));
    expect(result.warnings).toHaveLength(1);
    fault.remove();
    for (const { id } of server.sandboxes()) await server.loseSandbox(id);
  });

  daytonaTest('of one that is gone already counts as done', async ({ server, executor }) => {
    server.inject({ operation: 'deleteSandbox', isCarriedOut: true, answer: { status: 404 } });
    const result = await run(executor(), planOf('echo ran'));
    expect([result.status, result.warnings]).toEqual(['ok', []]);
    expect(await namesLeft(server)).toEqual([]);
  });
});

daytonaTest('an upload that is lost is sent again', async ({ server, executor }) => {
  const content = Buffer.alloc(300_000, 'x');
  const fault = server.inject({ operation: 'uploadFiles', isCarriedOut: true, answer: 'closed' });
  const result = await run(executor(), planOf('wc -c <large', { files: [{ path: 'large', content }] }));
  expect(fault.count).toBe(1);
  expect(outputText(result.run?.stdout ?? expect.fail('it did not run')).trim()).toBe('300000');
  expect(await namesLeft(server)).toEqual([]);
});

daytonaTest('nothing that a program prints is taken for the agent', async ({ server, executor }) => {
  const lies = [
    'ended run 0 - 0 1 ',
    'D s 0 1 ZW5kZWQgcnVuIDA=',
    'done',
    'E',
    'gone',
    String.raw`\001\001\001`,
  ];
  const code = `printf '%s\\n' ${lies.map((lie) => `'${lie}'`).join(' ')}; exit 3`;
  const result = await run(executor(), planOf(code));
  expect(result.run?.exitCode).toBe(3);
  expect(outputText(result.run?.stdout ?? expect.fail('it did not run'))).toBe(`${lies.join('\n')}\n`);
  expect(await namesLeft(server)).toEqual([]);
});

daytonaTest(
  'a program that ends every process of its user ends in an error, not in an exit code',
  async ({ server, executor }) => {
    const error = await run(executor(), planOf('kill -9 -1')).catch(
      (failure: unknown) => failure as ClocheError,
    );
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
    expect(await namesLeft(server)).toEqual([]);
  },
);
