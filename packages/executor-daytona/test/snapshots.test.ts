import { daytonaSnapshots, DEFAULT_DAYTONA_OPTIONS, DEFAULT_SNAPSHOT_NAME } from '@cloche/executor-daytona';
import type { DaytonaSnapshots } from '@cloche/executor-daytona';
import { describe, expect, test } from 'vitest';
import { SNAPSHOT_COMMANDS } from '../src/snapshots/snapshot-commands.ts';
import type { Fixture } from './support/daytona-fixture.ts';
import { daytonaTest } from './support/daytona-test.ts';

const NO_RESOURCES = { base: null, cpuCount: null, memoryGib: null, diskGib: null };

function open({ server, host }: Fixture): DaytonaSnapshots {
  const { apiKey, apiUrl } = server;
  return daytonaSnapshots({ ...DEFAULT_DAYTONA_OPTIONS, apiKey, apiUrl }, host);
}

describe('snapshots', () => {
  daytonaTest(
    'are built with all toolchains, while the log is told, and then run programs',
    async (fixture) => {
      await using snapshots = open(fixture);
      const lines: string[] = [];
      const { signal } = new AbortController();
      const made = await snapshots.create({
        ...NO_RESOURCES,
        memoryGib: 4,
        name: DEFAULT_SNAPSHOT_NAME,
        onLog: (line) => lines.push(line),
        signal,
      });
      expect(made).toMatchObject({ name: DEFAULT_SNAPSHOT_NAME, state: 'active', errorReason: null });
      expect(lines.length).toBeGreaterThan(2);
      expect((await snapshots.list({ signal })).map(({ name }) => name)).toContain(DEFAULT_SNAPSHOT_NAME);
      const executor = fixture.executor({ snapshot: DEFAULT_SNAPSHOT_NAME });
      expect((await executor.capabilities({ languages: ['go'] })).languages.go).toMatchObject({
        available: true,
      });
      await snapshots.delete(DEFAULT_SNAPSHOT_NAME, { signal });
      expect((await snapshots.list({ signal })).map(({ name }) => name)).not.toContain(DEFAULT_SNAPSHOT_NAME);
    },
  );

  daytonaTest('that cannot be made end in an error with a hint', async (fixture) => {
    await using snapshots = open(fixture);
    const { signal } = new AbortController();
    const request = { ...NO_RESOURCES, name: 'x', onLog: () => undefined, signal };
    fixture.server.inject({ operation: 'createSnapshot', answer: { status: 403 } });
    await expect(snapshots.create(request)).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
    await expect(snapshots.delete('no-such-snapshot', { signal })).rejects.toMatchObject({
      message: expect.stringMatching(/^Daytona API error: /u),
      hint: expect.stringMatching(/snapshot list$/u),
    });
    await snapshots.create({ ...request, name: 'taken' });
    await expect(snapshots.create({ ...request, name: 'taken' })).rejects.toMatchObject({
      hint: expect.stringMatching(/snapshot delete taken/u),
    });
  });

  daytonaTest('are no longer waited for when the caller says so', async (fixture) => {
    await using snapshots = open(fixture);
    const abort = new AbortController();
    const making = snapshots.create({
      ...NO_RESOURCES,
      name: 'slow',
      onLog: () => abort.abort(),
      signal: abort.signal,
    });
    await expect(making).rejects.toThrow(/abort/iu);
  });
});

test('the recipe installs every toolchain and ends as an ordinary user', () => {
  const text = SNAPSHOT_COMMANDS.join('\n');
  for (const name of ['python3', 'node', 'javac', 'go', 'rustc', 'gcc', 'g++', 'bash'])
    expect(text).toContain(`need ${name} `);
  expect(SNAPSHOT_COMMANDS.findLast((line) => line.startsWith('USER'))).toBe('USER daytona');
});
