import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { formatOwner } from '@cloche/core/executor';
import { describe, expect } from 'vitest';
import { namesLeft, planOf, run } from './support/daytona-fixture.ts';
import { daytonaTest } from './support/daytona-test.ts';

const PAST = '1000000000';
const FUTURE = '9000000000';

describe('reap', () => {
  daytonaTest(
    'deletes what a process left that was killed in the middle of a run',
    async ({ server, executor }) => {
      const child = spawn(
        process.execPath,
        ['--conditions=@cloche/source', new URL('own-a-sandbox.ts', import.meta.url).pathname, server.apiUrl],
        {
          env: { DAYTONA_API_KEY: server.apiKey, HOME: '/nonexistent' },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const [left] = server.sandboxes();
      const report = await executor().reap();
      expect(report).toEqual({ removed: [{ kind: 'sandbox', name: left?.name }], failed: [] });
      expect(await namesLeft(server)).toEqual([]);
    },
  );

  daytonaTest(
    'touches nothing that is not ours, not past its deadline, or still in use',
    async ({ server, executor, host }) => {
      const other = `${'f'.repeat(32)}-1-1`;
      const labelled = (owner: string, deadline: string): Record<string, string> => ({
        'cloche.sandbox': '1',
        'cloche.owner': owner,
        'cloche.deadline': deadline,
      });
      const kept = {
        'of-somebody-else': {},
        'with-labels-of-their-own': { team: 'x', 'cloche.owner': other, 'cloche.deadline': PAST },
        'of-another-machine-in-use': labelled(other, FUTURE),
        'of-this-process': labelled(formatOwner(host.owner), PAST),
        'without-a-deadline': { 'cloche.sandbox': '1', 'cloche.owner': other },
      };
      for (const [name, labels] of Object.entries(kept)) await server.createSandbox({ name, labels });
      await server.createSandbox({ name: 'of-another-machine-and-late', labels: labelled(other, PAST) });
      const report = await executor().reap();
      expect(report.removed).toEqual([{ kind: 'sandbox', name: 'of-another-machine-and-late' }]);
      const names = server
        .sandboxes()
        .filter(({ state }) => state === 'started')
        .map(({ name }) => name);
      expect(names.toSorted()).toEqual(Object.keys(kept).toSorted());
    },
  );

  daytonaTest('names what it cannot delete, and does not reject', async ({ server, executor }) => {
    const labels = {
      'cloche.sandbox': '1',
      'cloche.owner': `${'f'.repeat(32)}-1-1`,
      'cloche.deadline': PAST,
    };
    await server.createSandbox({ name: 'late', labels });
    const fault = server.inject({ operation: 'deleteSandbox', times: Infinity, answer: { status: 403 } });
    const { removed, failed } = await executor().reap();
    expect(removed).toEqual([]);
    expect(failed).toEqual([{ kind: 'sandbox', name: 'late', reason: expect.stringMatching(/HTTP 403/u) }]);
    fault.remove();
    server.inject({ operation: 'listSandboxes', times: Infinity, answer: 'html' });
    expect((await executor().reap()).failed).toHaveLength(1);
  });

  daytonaTest('leaves a run of its own process alone', async ({ server, executor }) => {
    const daytona = executor();
    const result = run(daytona, planOf('echo first; sleep 1; echo second'));
    while (server.sandboxes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await daytona.reap()).removed).toEqual([]);
    expect((await result).status).toBe('ok');
  });
});
