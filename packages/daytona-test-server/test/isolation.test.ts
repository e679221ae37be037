import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testEnvironment } from './environment.ts';
import { isRunning } from './support/is-running.ts';
import { waitUntil } from './support/wait-until.ts';
import { withServer } from './support/with-server.ts';

test('nothing of the computer but its system is seen', async (context) => {
  await using served = await withServer(context);
  const directory = mkdtempSync(path.join(tmpdir(), 'seen-'));
  writeFileSync(path.join(directory, 'secret'), 'secret');
  const sandbox = await served.daytona.create();
  const { result } = await sandbox.process.executeCommand(
    `ls ${directory} /root /var /run /work 2>/dev/null; ls /home; touch /usr/new /etc/new 2>/dev/null; ls /usr/new /etc/new 2>/dev/null; kill -0 ${process.pid} 2>/dev/null && echo alive`,
  );
  rmSync(directory, { recursive: true });
  expect(result).toBe('daytona\n');
});

test('sandboxes do not see one another', async (context) => {
  await using served = await withServer(context);
  const { daytona } = served;
  const [one, other] = await Promise.all([daytona.create(), daytona.create()]);
  await one.process.executeCommand('touch /tmp/mine ~/mine; sleep 77 >/dev/null 2>&1 &');
  const { result } = await other.process.executeCommand('ls /tmp ~; ps axo args | grep "[s]leep 77"');
  expect(result).toBe('/home/daytona:\n\n/tmp:\n');
});

test('a blocked network reaches nothing, also when it was blocked later', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const outside = http.createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(outside, 'listening');
  const address = `/dev/tcp/127.0.0.1/${(outside.address() as AddressInfo).port}`;
  const reach = `(exec 3<>${address}) 2>/dev/null && echo reached || echo blocked`;
  const open = await daytona.create();
  const blocked = await daytona.create({ networkBlockAll: true });
  expect((await open.process.executeCommand(reach)).result).toBe('reached\n');
  expect((await blocked.process.executeCommand(reach)).result).toBe('blocked\n');
  await open.updateNetworkSettings({ networkBlockAll: true });
  expect((await open.process.executeCommand(reach)).result).toBe('blocked\n');
  expect(server.sandboxes()).toHaveLength(2);
  outside.close();
});

test('a sandbox has compilers, but not those that are hidden', async (context) => {
  await using served = await withServer(context, { hiddenPrograms: ['python3', 'go'] });
  const sandbox = await served.daytona.create();
  const { result } = await sandbox.process.executeCommand(
    'python3 --version; go version; ls /usr/bin/python3; node --eval "console.log(6 * 7)"',
  );
  expect(result.split('\n').slice(0, 4)).toEqual([
    '/usr/bin/bash: line 1: python3: command not found',
    '/usr/bin/bash: line 1: go: command not found',
    expect.stringContaining('No such file or directory'),
    '42',
  ]);
});

test('with the server everything of it goes', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const duration = `1${process.pid}`;
  const running = sandbox.process.executeCommand(`sleep ${duration}`).catch((error: unknown) => error);
  expect(await waitUntil(() => isRunning('sleep', duration), 5000)).toBe(true);
  expect(directoriesOf(sandbox.id)).toHaveLength(1);
  await served.server[Symbol.asyncDispose]();
  expect(isRunning('sleep', duration)).toBe(false);
  expect(await running).toBeInstanceOf(Error);
  expect(directoriesOf(sandbox.id)).toEqual([]);
});

test('also a server that is killed takes its processes with it', async (context) => {
  await using served = await withServer(context);
  expect(served.server.sandboxes()).toEqual([]);
  const program = fileURLToPath(new URL('fixtures/run-for-ever.ts', import.meta.url));
  const duration = `2${process.pid}`;
  const directory = mkdtempSync(path.join(tmpdir(), 'killed-'));
  const child = spawn(process.execPath, ['--conditions=@cloche/source', program, duration], {
    stdio: 'inherit',
    env: { ...testEnvironment(), TMPDIR: directory },
  });
  expect(await waitUntil(() => isRunning('sleep', duration), 10_000)).toBe(true);
  child.kill('SIGKILL');
  expect(await waitUntil(() => !isRunning('sleep', duration), 5000)).toBe(true);
  rmSync(directory, { recursive: true });
});

/** The directories on the disk that some server has for a sandbox. */
function directoriesOf(sandboxId: string): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith('daytona-test-server-'))
    .map((name) => path.join(tmpdir(), name, sandboxId))
    .filter((directory) => existsSync(directory));
}
