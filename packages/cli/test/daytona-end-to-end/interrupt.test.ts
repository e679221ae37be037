import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { CliResult } from '../support/cli-process.ts';
import { endOf } from '../support/cli-process.ts';
import { daytonaEndToEnd } from '../support/daytona-end-to-end.ts';
import { plant } from '../support/temporary-directory.ts';

const daytona = daytonaEndToEnd();
const { directory, cloche } = daytona;
/** How long a sandbox may still be there once the command is gone. */
const DELETION_MS = 1000;

plant(
  directory,
  'stubborn.py',
  'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("ready", flush=True)\ntime.sleep(600)\n',
);

async function untilReady(): Promise<{ child: ChildProcessWithoutNullStreams; ending: Promise<CliResult> }> {
  const child = daytona.start(['run', 'stubborn.py']);
  const ending = endOf(child);
  await once(child.stdout, 'data');
  return { child, ending };
}

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s in the middle ends with %i and deletes the sandbox', async (signal, code) => {
    const { child, ending } = await untilReady();
    expect(daytona.server.sandboxes()).toHaveLength(1);
    child.kill(signal);
    expect(await ending).toMatchObject({
      exitCode: code,
      stdout: 'ready\n',
      stderr: expect.stringContaining('cloche: Cancelled\n'),
    });
    expect(await daytona.namesLeft(DELETION_MS)).toEqual([]);
  });

  test('while the sandbox is being created deletes it too', async () => {
    daytona.server.setNextSandboxStart({ startsAfterMs: 30_000 });
    const child = daytona.start(['run', 'stubborn.py']);
    const ending = endOf(child);
    await untilCreating();
    child.kill('SIGINT');
    expect(await ending).toMatchObject({ exitCode: 130, stdout: '' });
    expect(await daytona.namesLeft(DELETION_MS)).toEqual([]);
  });

  test('in JSON is said in the result', async () => {
    const child = daytona.start(['run', '--json', 'stubborn.py']);
    const ending = endOf(child);
    await untilExecuting();
    child.kill('SIGINT');
    const { exitCode, stdout } = await ending;
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'cancelled', executor: { name: 'daytona' } });
    expect(await daytona.namesLeft(DELETION_MS)).toEqual([]);
  });
});

async function untilCreating(): Promise<void> {
  while (daytona.server.sandboxes().length === 0) await sleep(20);
}

async function untilExecuting(): Promise<void> {
  daytona.server.forgetRequests();
  while (!daytona.server.requests.some(({ operation }) => operation === 'executeCommand')) await sleep(20);
  await sleep(300);
}

describe('a command that is killed', () => {
  test.each([
    ['en', 'Removed: 1\n', 'Nothing was left behind'],
    ['zh', '已删除：1 项\n', '没有遗留内容'],
  ])('leaves a sandbox that cloche clean deletes, and says so in %s', async (locale, removed, nothing) => {
    const { child, ending } = await untilReady();
    child.kill('SIGKILL');
    expect(await ending).toMatchObject({ signal: 'SIGKILL' });
    const [{ name } = { name: '' }] = daytona.server.sandboxes();

    const first = await cloche(['clean', '--lang', locale]);
    expect(first).toMatchObject({ exitCode: 0, stdout: `daytona: sandbox ${name}\n${removed}` });
    expect(await daytona.namesLeft(DELETION_MS)).toEqual([]);
    const again = await cloche(['clean', '--lang', locale]);
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(nothing) });
  });

  test("is no reason to touch a sandbox of somebody else's", async () => {
    const { name } = await daytona.server.createSandbox({ labels: { team: 'glass' } });
    const { stdout } = await cloche(['clean']);
    expect(stdout).not.toContain('daytona: sandbox');
    expect(daytona.server.sandboxes().map((sandbox) => sandbox.name)).toEqual([name]);
    const headers = { Authorization: `Bearer ${daytona.server.apiKey}` };
    await fetch(`${daytona.server.apiUrl}/sandbox/${name}`, { method: 'DELETE', headers });
    expect(await daytona.namesLeft()).toEqual([]);
  });
});
