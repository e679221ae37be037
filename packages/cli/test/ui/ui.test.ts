import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { environment } from '../../src/environment.ts';
import { runCli, startCli } from '../support/cli-process.ts';
import { temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

interface Opened {
  readonly child: ChildProcessWithoutNullStreams;
  readonly address: string;
  readonly stderr: () => string;
}

/** The command, up to the line with its address. */
async function openUi(
  words: readonly string[],
  directory: string,
  own: Readonly<Record<string, string>> = {},
): Promise<Opened> {
  const child = startCli(['ui', ...words], {
    directory,
    environment: { DISPLAY: '', WAYLAND_DISPLAY: '', ...own },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  while (!stdout.includes('\n')) await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return { child, address: stdout.trim(), stderr: () => stderr };
}

interface Session {
  readonly token: string;
  readonly version: string;
}

async function openSession(address: string): Promise<{ readonly status: number; readonly session: Session }> {
  const { origin, hash } = new URL(address);
  const headers = { Authorization: `Bearer ${hash.slice(1)}` };
  const answer = await fetch(`${origin}/api/sessions`, { method: 'POST', headers });
  return { status: answer.status, session: (await answer.json()) as Session };
}

async function startRun(address: string, token: string, code: string): Promise<string> {
  const answer = await fetch(`${new URL(address).origin}/api/runs`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'execute', language: 'python', code }),
  });
  return ((await answer.json()) as { id: string }).id;
}

async function eventsOf(address: string, token: string, id: string): Promise<string> {
  const answer = await fetch(`${new URL(address).origin}/api/runs/${id}/events`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return answer.text();
}

/** A directory with a program of this name that writes its words down. */
function fakeOpener(directory: string, exitCode: number): string {
  const programs = path.join(directory, 'programs');
  mkdirSync(programs);
  const file = path.join(programs, 'xdg-open');
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" > '${directory}/opened'\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
  return `${programs}:${environment['PATH'] ?? ''}`;
}

function skipWithoutXdgOpen(context: TestContext): void {
  context.skip(process.platform !== 'linux', 'xdg-open is of Linux alone');
}

describe('cloche ui', () => {
  test('prints an address that opens the playground once, and runs programs with its own executors', async () => {
    const directory = temporaryDirectoryOfTest();
    const { child, address, stderr } = await openUi(['--port', '0', '--timeout', '9s'], directory);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/u);
    const { status, session } = await openSession(address);
    expect(status).toBe(201);
    expect((await openSession(address)).status).toBe(401);
    const id = await startRun(address, session.token, 'print(6 * 7)');
    expect(await eventsOf(address, session.token, id)).toContain(String.raw`"text":"42\n"`);
    const settings = await fetch(`${new URL(address).origin}/api/settings`, {
      headers: { Authorization: `Bearer ${session.token}` },
    });
    expect(await settings.json()).toMatchObject({
      executor: { value: 'local', source: 'CLOCHE_EXECUTOR' },
      timeoutMs: { value: 9000, source: '--timeout' },
    });
    child.kill('SIGINT');
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect(exitCode).toBe(0);
    expect(stderr()).toContain('Ctrl-C ends it.');
    // The ticket stands on standard output alone.
    expect(stderr()).not.toContain(new URL(address).hash);
  });

  test('at Ctrl-C every program ends within five seconds, and nothing is left', async () => {
    const directory = temporaryDirectoryOfTest();
    const { child, address } = await openUi(['--port', '0'], directory);
    const { session } = await openSession(address);
    const code =
      'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("x" * 100000, flush=True)\ntime.sleep(600)';
    const id = await startRun(address, session.token, code);
    const events = eventsOf(address, session.token, id);
    const kept = path.join(directory, 'cloche/state/playground');
    await expect.poll(() => readdirSync(kept).length, { timeout: 20_000 }).toBe(2);
    const startedAt = performance.now();
    child.kill('SIGINT');
    await once(child, 'close');
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(await events).toContain('"status":"cancelled"');
    expect(readdirSync(kept)).toEqual(['token-key']);
  });

  test('leads a browser to a ticket that no other user can read', async (context) => {
    skipWithoutXdgOpen(context);
    const directory = temporaryDirectoryOfTest();
    const own = { PATH: fakeOpener(directory, 0), DISPLAY: ':0' };
    const { child, address } = await openUi(['--port', '0'], directory, own);
    const note = path.join(directory, 'opened');
    await expect.poll(() => existsSync(note) && readFileSync(note, 'utf8').endsWith('\n')).toBe(true);
    const page = readFileSync(note, 'utf8').trim();
    expect(page).toMatch(/\/open-[\da-f]{16}\.html$/u);
    expect(statSync(page).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(page)).mode & 0o777).toBe(0o700);
    const [, led = ''] = /url=(?<address>[^"]+)"/u.exec(readFileSync(page, 'utf8')) ?? [];
    expect(led).not.toBe(address);
    expect((await openSession(led)).status).toBe(201);
    // The printed one is still good.
    expect((await openSession(address)).status).toBe(201);
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(existsSync(page)).toBe(false);
  });

  test('says so where no browser can be opened', async (context) => {
    skipWithoutXdgOpen(context);
    const directory = temporaryDirectoryOfTest();
    const own = { PATH: fakeOpener(directory, 3), DISPLAY: ':0', CLOCHE_LANG: 'zh' };
    const { child, stderr } = await openUi(['--port', '0'], directory, own);
    await expect.poll(() => stderr()).toContain('无法打开浏览器');
    expect(readdirSync(path.join(directory, 'cloche/cache/playground'))).toEqual([]);
    child.kill('SIGTERM');
    await once(child, 'close');
  });

  test('says so where a browser was started, and opens nothing within some seconds', async (context) => {
    skipWithoutXdgOpen(context);
    const [blocked, working] = [temporaryDirectoryOfTest(), temporaryDirectoryOfTest()];
    const second = await openUi(['--port', '0'], working, { PATH: fakeOpener(working, 0), DISPLAY: ':0' });
    const note = path.join(working, 'opened');
    await expect.poll(() => existsSync(note) && readFileSync(note, 'utf8').endsWith('\n')).toBe(true);
    const html = readFileSync(readFileSync(note, 'utf8').trim(), 'utf8');
    const [, led = ''] = /url=(?<address>[^"]+)"/u.exec(html) ?? [];
    expect((await openSession(led)).status).toBe(201);
    const first = await openUi(['--port', '0'], blocked, { PATH: fakeOpener(blocked, 0), DISPLAY: ':0' });
    await expect.poll(first.stderr, { timeout: 20_000 }).toContain('Open the address above yourself.');
    expect(second.stderr()).not.toContain('yourself');
    for (const { child } of [first, second]) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
  });

  test('says why where the page that leads a browser there cannot be written', async () => {
    const directory = temporaryDirectoryOfTest();
    mkdirSync(path.join(directory, 'cloche'), { mode: 0o700 });
    writeFileSync(path.join(directory, 'cloche/cache'), 'no directory');
    const { child, stderr } = await openUi(['--port', '0'], directory, { DISPLAY: ':0' });
    await expect.poll(stderr).toContain('No browser could be opened.');
    expect(stderr()).toContain('could not be written');
    expect(stderr()).toContain('ERR_CONFIG_INVALID');
    child.kill('SIGTERM');
    await once(child, 'close');
  });

  test('opens none where it was asked not to', async (context) => {
    skipWithoutXdgOpen(context);
    const directory = temporaryDirectoryOfTest();
    const own = { PATH: fakeOpener(directory, 0), DISPLAY: ':0' };
    const { child, stderr } = await openUi(['--port', '0', '--no-open'], directory, own);
    await expect.poll(() => stderr()).toContain('Ctrl-C');
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(existsSync(path.join(directory, 'opened'))).toBe(false);
  });

  test('takes the usual port or the next, and refuses one that was asked for and is taken', async () => {
    const directory = temporaryDirectoryOfTest();
    const first = await openUi([], directory);
    const second = await openUi([], directory);
    const ports = [first, second].map(({ address }) => Number(new URL(address).port));
    expect(ports[0]).not.toBe(ports[1]);
    const { exitCode, stderr } = await runCli(['ui', '--port', String(ports[0])], { directory });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Port ${ports[0]} is taken by another program.`);
    for (const { child } of [first, second]) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
  });

  test.each([
    [['--port', '65536'], 'is no port'],
    [['--port', 'http'], 'is no port'],
    [['--host', '0.0.0.0'], '--host'],
    [['page.html'], 'more arguments'],
    [['--timeout', 'soon'], '--timeout'],
  ])('refuses %j before anything starts', async (words, message) => {
    const directory = temporaryDirectoryOfTest();
    const { exitCode, stdout, stderr } = await runCli(['ui', ...words], { directory });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
