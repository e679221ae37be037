import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ClocheError } from '@cloche/core/executor';
import { describe, expect } from 'vitest';
import { namesLeft, planOf, run } from '../support/daytona-fixture.ts';
import { daytonaTest } from '../support/daytona-test.ts';

const runFile = promisify(execFile);

describe('a sandbox that cannot be deleted is named', () => {
  daytonaTest('in the error of a run that was lost', async ({ server, executor }) => {
    server.inject({ operation: 'deleteSandbox', times: Infinity, answer: { status: 403 } });
    server.inject({ operation: 'executeCommand', skip: 1, times: Infinity, answer: { status: 500 } });
    const error = await run(executor(), planOf('echo start; sleep 30')).catch(
      (failure: unknown) => failure as ClocheError,
    );
    const [left] = server.sandboxes();
    expect((error as ClocheError).text.message.en).toContain(left?.name ?? 'there is none');
    expect((error as ClocheError).text.message.zh).toContain(left?.name ?? 'there is none');
  });

  daytonaTest('in the result of a run that was cancelled during creation', async ({ server, executor }) => {
    server.inject({ operation: 'deleteSandbox', times: Infinity, answer: { status: 403 } });
    server.inject({ operation: 'createSandbox', isCarriedOut: true, answer: { delayMs: 800 } });
    const abort = new AbortController();
    const result = run(executor(), planOf('echo ran'), abort.signal);
    setTimeout(() => abort.abort(), 300);
    const { status, warnings } = await result;
    const [left] = server.sandboxes();
    expect(status).toBe('cancelled');
    expect(warnings.map(({ en }) => en).join(' ')).toContain(left?.name ?? 'there is none');
  });
});

daytonaTest(
  'a service that wants an hour before the next deletion holds nothing up',
  async ({ server, executor }) => {
    server.inject({
      operation: 'deleteSandbox',
      times: Infinity,
      answer: { status: 429, headers: { 'Retry-After': '3600' } },
    });
    const daytona = executor();
    const startedAtMs = performance.now();
    expect((await run(daytona, planOf('echo ran'))).warnings).toHaveLength(1);
    await daytona[Symbol.asyncDispose]();
    expect(performance.now() - startedAtMs).toBeLessThan(25_000);
  },
);

daytonaTest('a cancelled run does not wait for what the service asks for', async ({ server, executor }) => {
  const abort = new AbortController();
  const execution = executor().execute(planOf('echo start; sleep 60'), { signal: abort.signal });
  for await (const event of execution) if (event.type === 'stdout') break;
  server.inject({
    operation: 'executeCommand',
    times: Infinity,
    answer: { status: 429, headers: { 'Retry-After': '60' } },
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const cancelledAtMs = performance.now();
  abort.abort();
  expect((await execution.result).status).toBe('cancelled');
  expect(performance.now() - cancelledAtMs).toBeLessThan(9000);
  expect(await namesLeft(server)).toEqual([]);
});

daytonaTest(
  'files that do not arrive are no failure of a program, and another executor may have it',
  async ({ server, executor }) => {
    for (const answer of [{ status: 500 }, 'html'] as const) {
      const fault = server.inject({ operation: 'uploadFiles', times: Infinity, answer });
      const files = [{ path: 'large', content: Buffer.alloc(200_000) }];
      await expect(run(executor(), planOf('echo ran', { files }))).rejects.toMatchObject({
        code: 'ERR_EXECUTOR_UNAVAILABLE',
      });
      fault.remove();
    }
    expect(await namesLeft(server)).toEqual([]);
  },
);

daytonaTest('where the SDK is missing, an error names the command that installs it', async ({ server }) => {
  const script = new URL('../run-without-sdk.ts', import.meta.url).pathname;
  const { stdout } = await runFile(process.execPath, ['--conditions=@cloche/source', script, server.apiUrl], {
    env: { DAYTONA_API_KEY: server.apiKey },
  });
  const { probe, error } = JSON.parse(stdout) as {
    probe: { hint: { en: string; zh: string } };
    error: Record<string, string>;
  };
  expect(probe.hint.en).toContain('cloche executors add daytona');
  expect(probe.hint.zh).toContain('cloche executors add daytona');
  expect(error['code']).toBe('ERR_EXECUTOR_UNAVAILABLE');
  expect(error['message']).toBe('The Daytona SDK (@daytonaio/sdk) is not installed.');
  expect(server.requests).toEqual([]);
});
