import { DaytonaNotFoundError, Image } from '@daytonaio/sdk';
import { expect, test } from 'vitest';
import { withServer } from './support/with-server.ts';

const image = Image.base('debian:12').runCommands('apt-get update', 'apt-get install -y golang');

test('a snapshot is built, with its log, and sandboxes come from it', async (context) => {
  await using served = await withServer(context, { hiddenPrograms: ['python3'], buildDurationMs: 1500 });
  const { server, daytona } = served;
  const lines: string[] = [];
  const snapshot = await daytona.snapshot.create(
    { name: 'tools', image, resources: { cpu: 2, memory: 4, disk: 5 } },
    { onLogs: (line) => lines.push(line) },
  );
  expect(snapshot).toMatchObject({ name: 'tools', state: 'active', cpu: 2, mem: 4, disk: 5, general: false });
  const log = lines.join('\n');
  expect(log).toContain('Step 1/3 : FROM debian:12');
  expect(log).toContain('Created snapshot tools (active)');
  const sandbox = await daytona.create({ snapshot: 'tools' });
  expect(sandbox).toMatchObject({ snapshot: 'tools', cpu: 2, memory: 4 });
  expect((await sandbox.process.executeCommand('python3 --version')).exitCode).toBe(0);
  expect(server.sandboxes()).toMatchObject([{ snapshot: 'tools' }]);
});

test('a build that fails says why', async (context) => {
  await using served = await withServer(context, { buildDurationMs: 300 });
  const { daytona } = served;
  const broken = Image.base('debian:12').runCommands('false');
  await expect(daytona.snapshot.create({ name: 'broken', image: broken })).rejects.toThrow(
    /Name: broken Reason: failed to build image: .*non-zero code/,
  );
  await expect(daytona.create({ snapshot: 'broken' })).rejects.toThrow('Snapshot broken is build_failed');
});

test('snapshots are listed and removed, and a name is taken once', async (context) => {
  await using served = await withServer(context, { buildDurationMs: 20 });
  const { daytona } = served;
  const snapshot = await daytona.snapshot.create({ name: 'one', image: 'debian:12' });
  await expect(daytona.snapshot.create({ name: 'one', image })).rejects.toThrow(
    'Snapshot with name "one" already exists for this organization',
  );
  const { items, total } = await daytona.snapshot.list();
  expect([items.map(({ name }) => name), total]).toEqual([['daytona-small', 'one'], 2]);
  await daytona.snapshot.delete(snapshot);
  await expect(daytona.snapshot.get('one')).rejects.toThrow(DaytonaNotFoundError);
});

test('the end of the server lets go of a build and of those who follow it', async (context) => {
  await using served = await withServer(context, { buildDurationMs: 60_000 });
  const { server, daytona } = served;
  const creation = daytona.snapshot
    .create({ name: 'slow', image }, { onLogs: () => undefined })
    .catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await server[Symbol.asyncDispose]();
  expect(await creation).toBeInstanceOf(Error);
});
