import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Executor, ReapReport } from '@cloche/core/executor';
import { localExecutor } from '@cloche/executor-local';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findControlGroupParent } from '../src/control-group/find-parent.ts';
import { killNow } from '../src/place/process-tree.ts';
import { createTestHost } from './create-test-host.ts';
import { skipWithoutProc } from './skip-without-proc.ts';

const OWNER_SCRIPT = path.join(import.meta.dirname, 'own-a-run.ts');
const PATIENCE_MS = 5000;

/** A process that owns a run which is under way. */
interface Owner {
  readonly process: ChildProcess;
  /** As it stands in the names of what it owns. */
  readonly name: string;
  readonly mark: string;
  readonly lines: AsyncIterator<string>;
}

describe('an owner that is killed', () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let executor: Executor;
  const owners: Owner[] = [];

  beforeAll(async () => {
    testHost = await createTestHost();
    executor = localExecutor.create({ sandbox: 'auto' }, testHost.host);
  });

  beforeEach(skipWithoutProc);

  afterEach(() => {
    for (const owner of owners.splice(0)) {
      owner.process.kill('SIGKILL');
      for (const pid of processesOf(owner.mark)) killNow(pid);
    }
  });

  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await testHost.remove();
  });

  async function startOwner(sandbox: 'required' | 'off'): Promise<Owner> {
    const mark = `reap-${randomUUID()}`;
    const child = spawn(process.execPath, ['--conditions=@cloche/source', OWNER_SCRIPT, sandbox, mark], {
      env: { ...testHost.host.environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value } = (await lines.next()) as { value: string | undefined };
    if (value === undefined) throw new Error('the owner ended before its program was under way');
    const owner = { process: child, name: value, mark, lines };
    owners.push(owner);
    return owner;
  }

  async function killOwner(owner: Owner): Promise<void> {
    const exited = once(owner.process, 'exit');
    owner.process.kill('SIGKILL');
    await exited;
  }

  async function directories(): Promise<readonly string[]> {
    return readdir(await testHost.host.privateDirectory('state', 'executor-local'));
  }

  test('leaves no process of a sandbox behind, and the rest is reaped by the next one', async () => {
    const dead = await startOwner('required');
    expect(processesOf(dead.mark).length).toBeGreaterThanOrEqual(3);
    await killOwner(dead);
    await expect.poll(() => processesOf(dead.mark), { timeout: PATIENCE_MS }).toEqual([]);
    expect(await directories()).toContain(dead.name);

    const report = await executor.reap();
    expect(removedOf(report, dead)).toEqual({ process: 0, directory: 1, 'control-group': groupCount() });
    expect(report.failed).toEqual([]);
    expect(await directories()).not.toContain(dead.name);
    expect(groupsOf(dead)).toEqual([]);
  });

  test('without a sandbox: the watchdog ends the process group, and what left it is reaped', async () => {
    const dead = await startOwner('off');
    // The program, its two children and the watchdog.
    expect(processesOf(dead.mark)).toHaveLength(4);
    await killOwner(dead);
    await expect.poll(() => processesOf(dead.mark).length, { timeout: PATIENCE_MS }).toBe(1);

    const [left] = processesOf(dead.mark);
    const report = await executor.reap();
    expect(removedOf(report, dead)).toMatchObject({ directory: 1, 'control-group': groupCount() });
    expect(report.removed).toContainEqual({ kind: 'process', name: String(left) });
    await expect.poll(() => processesOf(dead.mark), { timeout: PATIENCE_MS }).toEqual([]);
    expect(await directories()).not.toContain(dead.name);
    expect(groupsOf(dead)).toEqual([]);
  });

  test.each(['required', 'off'] as const)(
    'costs a living owner nothing whose sandbox is %s',
    async (sandbox) => {
      const [dead, living] = await Promise.all([startOwner('off'), startOwner(sandbox)]);
      await killOwner(dead);
      const before = { processes: processesOf(living.mark), groups: groupsOf(living) };
      const report = await executor.reap();
      expect(removedOf(report, dead).directory).toBe(1);
      expect(removedOf(report, living)).toEqual({ process: 0, directory: 0, 'control-group': 0 });
      expect({ processes: processesOf(living.mark), groups: groupsOf(living) }).toEqual(before);
      expect(await directories()).toContain(living.name);

      living.process.stdin?.end();
      expect((await living.lines.next()).value).toBe('ok');
      await once(living.process, 'exit');
      expect(processesOf(living.mark)).toEqual([]);
      expect(await directories()).not.toContain(living.name);
    },
  );

  /** How many items of each kind were removed that carry this owner's name. */
  function removedOf(
    report: ReapReport,
    owner: Owner,
  ): Record<'process' | 'directory' | 'control-group', number> {
    const count = (kind: string): number =>
      report.removed.filter((item) => item.kind === kind && item.name.includes(owner.name)).length;
    return {
      process: count('process'),
      directory: count('directory'),
      'control-group': count('control-group'),
    };
  }

  /** Each run has a control group where this machine lets this user make one. */
  function groupCount(): number {
    return findControlGroupParent('cloche-reap-test') === null ? 0 : 1;
  }

  function groupsOf(owner: Owner): readonly string[] {
    return findControlGroupParent('cloche-reap-test')?.list(`cloche-${owner.name}`) ?? [];
  }
});

/** Processes with this word on their command line, without those that own the runs. */
function processesOf(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) => {
      const words = commandLine(pid);
      return words.includes(mark) && !words.includes(OWNER_SCRIPT);
    })
    .map(Number);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // Gone between the listing and the look.
    return [];
  }
}
