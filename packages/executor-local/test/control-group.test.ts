import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ControlGroup } from '../src/control-group/control-group.ts';
import { findControlGroupParent } from '../src/control-group/find-parent.ts';
import { Version2Parent } from '../src/control-group/version-2.ts';

const MEBIBYTE = 1024 * 1024;
const CONTROLLERS = { memory: true, processes: true, cpu: true };
const LIMITS = { memoryBytes: 64 * MEBIBYTE, processCount: 20, cpuCount: 0.5 };

/** Files of a directory stand in for the kernel's, which have the same names and are written and read in the same way. */
describe('a control group of version 2', () => {
  let directory: string;
  let parent: Version2Parent;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-group-'));
    parent = new Version2Parent(directory, CONTROLLERS);
  });

  afterEach(() => rm(directory, { recursive: true }));

  function file(name: string): string {
    return path.join(directory, 'cloche-run', name);
  }

  test('is told its limits, without swap beside them', async () => {
    const group = parent.create('cloche-run', LIMITS);
    const names = ['memory.max', 'memory.swap.max', 'pids.max', 'cpu.max'];
    const written = await Promise.all(names.map((name) => readFile(file(name), 'utf8')));
    expect(written).toEqual([String(64 * MEBIBYTE), '0', '20', '50000 100000']);
    expect(group.joinFiles).toEqual([file('cgroup.procs')]);
  });

  test('gives the processors back for a compiler, and never less than the kernel takes', async () => {
    const group = parent.create('cloche-run', LIMITS);
    group.setCpuCount(null);
    expect(await readFile(file('cpu.max'), 'utf8')).toBe('max 100000');
    group.setCpuCount(0.000_1);
    expect(await readFile(file('cpu.max'), 'utf8')).toBe('1000 100000');
  });

  test('reports what the kernel holds, not what it was told', async () => {
    const group = parent.create('cloche-run', LIMITS);
    await writeFile(file('memory.max'), '4096\n');
    await writeFile(file('pids.max'), '7\n');
    await writeFile(file('cpu.max'), '150000 100000\n');
    expect(group.state()).toEqual({ memoryBytes: 4096, processCount: 7, cpuCount: 1.5 });
  });

  test('reports nothing where the kernel holds nothing', async () => {
    const group = parent.create('cloche-run', LIMITS);
    await writeFile(file('memory.max'), 'max\n');
    await rm(file('pids.max'));
    await writeFile(file('cpu.max'), 'max 100000\n');
    expect(group.state()).toEqual({ memoryBytes: null, processCount: null, cpuCount: null });
  });

  test('counts what the kernel ended and refused', async () => {
    const group = parent.create('cloche-run', LIMITS);
    expect([group.outOfMemoryKills(), group.refusedProcesses()]).toEqual([0, 0]);
    await writeFile(file('memory.events'), 'low 0\nhigh 1\nmax 9\noom 5\noom_kill 3\noom_group_kill 4\n');
    await writeFile(file('pids.events'), 'max 7\n');
    expect([group.outOfMemoryKills(), group.refusedProcesses()]).toEqual([3, 7]);
  });

  test('knows its processes, and is not removed while it is there with files that hold it', async () => {
    const group = parent.create('cloche-run', LIMITS);
    await writeFile(file('cgroup.procs'), '12\n345\n');
    expect(group.processes()).toEqual([12, 345]);
    expect(group.remove()).toBe(false);
    // The kernel's files go with their directory.
    for (const name of await readdir(path.join(directory, 'cloche-run'))) await rm(file(name));
    expect(group.remove()).toBe(true);
    expect(await readdir(directory)).toEqual([]);
    expect(group.remove()).toBe(true);
    expect(group.processes()).toEqual([]);
  });

  test('is found by the beginning of its name', () => {
    for (const name of ['cloche-a', 'cloche-b', 'other']) parent.create(name, LIMITS);
    expect(parent.list('cloche-').toSorted()).toEqual(['cloche-a', 'cloche-b']);
    expect(parent.open('cloche-a').state().processCount).toBe(20);
  });
});

/** The kernel's own, of whichever version it has here. */
const kernel = findControlGroupParent(`cloche-test-${process.pid}-trial`);

describe("a control group of this machine's kernel", () => {
  let group: ControlGroup;
  const children: ChildProcess[] = [];

  beforeEach((context) => {
    if (kernel === null) return context.skip('this process may make no control group here');
    group = kernel.create(`cloche-test-${process.pid}`, LIMITS);
    onTestFinished(removeGroup);
  });

  async function removeGroup(): Promise<void> {
    for (const child of children.splice(0)) {
      const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
      child.kill('SIGKILL');
      await exited;
    }
    await vi.waitUntil(() => group.remove());
  }

  /** Runs a shell script as a member of the group. */
  function start(script: string): ChildProcess {
    const join = group.joinFiles.map((file) => `echo 0 > '${file}' && `).join('');
    const child = spawn('/bin/sh', ['-c', `${join}echo joined && ${script}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    return child;
  }

  test('holds the limits that it was given', () => {
    const { memoryBytes, processCount, cpuCount } = group.state();
    expect({ memoryBytes, processCount }).toEqual({ memoryBytes: 64 * MEBIBYTE, processCount: 20 });
    expect(cpuCount).toBe(kernel?.controllers.cpu === true ? 0.5 : null);
    group.setCpuCount(null);
    expect(group.state().cpuCount).toBeNull();
  });

  test('has the processes that joined it, and stays while they live', async () => {
    const child = start('exec sleep 60');
    await once(child.stdout ?? child, 'data');
    expect(group.processes()).toEqual([child.pid]);
    expect(group.remove()).toBe(false);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    await expect.poll(() => group.processes()).toEqual([]);
  });

  test('counts a process that was ended for want of memory', async () => {
    const child = start('exec tail /dev/zero');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(group.outOfMemoryKills()).toBe(1);
  });

  test('counts processes that could not be started', async () => {
    const child = start('for number in $(seq 40); do sleep 5 & done');
    await once(child, 'exit');
    expect(group.refusedProcesses()).toBeGreaterThan(0);
    for (const pid of group.processes()) process.kill(pid, 'SIGKILL');
  });
});
