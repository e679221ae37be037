import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'vitest';
import { expect, onTestFinished, test } from 'vitest';
import type { OwnerIdentity } from '../../src/executor/index.ts';
import { currentOwner, formatOwner, isOwnerAlive, parseOwner } from '../../src/executor/index.ts';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('fixtures/print-owner.ts', import.meta.url));

/** A process that prints its own identity and then waits. */
async function owningProcess(): Promise<{
  readonly owner: OwnerIdentity;
  readonly end: () => Promise<void>;
}> {
  const child = spawn(process.execPath, ['--conditions=@cloche/source', PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const owner = parseOwner(line.trim());
  if (owner === null) throw new Error(`not an owner: ${line}`);
  return {
    owner,
    end: async () => {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function skipWithoutProc(context: TestContext): void {
  context.skip(process.platform !== 'linux', '/proc is of Linux alone');
}

test('an identity survives being written down', () => {
  expect(parseOwner(formatOwner(currentOwner()))).toEqual(currentOwner());
  expect(currentOwner().pid).toBe(process.pid);
  expect(currentOwner().bootId).toMatch(/^[\da-f]{32}$/u);
});

test('a process is alive until it ends', async () => {
  expect(isOwnerAlive(currentOwner())).toBe(true);
  const { owner, end } = await owningProcess();
  expect(isOwnerAlive(owner)).toBe(true);
  await end();
  expect(isOwnerAlive(owner)).toBe(false);
});

test('a process id that is used again is not its former owner (Windows cannot tell)', ({ skip }) => {
  skip(process.platform === 'win32', 'on Windows no start time of a process is read');
  expect(isOwnerAlive({ ...currentOwner(), startTime: '1' })).toBe(false);
});

test('an owner without a start time is judged by its process id', () => {
  expect(isOwnerAlive({ ...currentOwner(), startTime: '0' })).toBe(true);
});

test('an owner of another boot of this machine is dead', () => {
  const { bootId } = currentOwner();
  const otherBoot = bootId.slice(0, 12) + '0'.repeat(12) + bootId.slice(24);
  expect(isOwnerAlive({ ...currentOwner(), bootId: otherBoot })).toBe(false);
});

test('what cannot be told is left alone: another machine, another container, another form', () => {
  const { bootId } = currentOwner();
  for (const other of ['0'.repeat(12) + bootId.slice(12), `${bootId.slice(0, 24)}00000000`, 'abc']) {
    expect(isOwnerAlive({ ...currentOwner(), pid: 999_999_999, bootId: other }), other).toBe(true);
  }
});

test('a zombie is dead (Linux)', async (context) => {
  skipWithoutProc(context);
  // The shell becomes `sleep`, which never asks how its child ended.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
  const zombie = { ...currentOwner(), pid: Number(line.trim()), startTime: '0' };
  await expect.poll(() => isOwnerAlive(zombie), { timeout: 10_000 }).toBe(false);
  expect(() => process.kill(zombie.pid, 0)).not.toThrow();
});

test('asking is quick, since it starts no process (Linux)', (context) => {
  skipWithoutProc(context);
  const owner = currentOwner();
  const started = performance.now();
  for (let round = 0; round < 1000; round += 1) isOwnerAlive(owner);
  expect(performance.now() - started).toBeLessThan(1000);
});
