import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Executor } from '@cloche/core/executor';
import { createPlan, outputText } from '@cloche/core/executor';
import { localExecutor } from '@cloche/executor-local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';

const SECRET = 'a secret of the host';
const ATTEMPTS = 3;

/**
 * Makes the supervisor spare whatever the program leaves behind, then leaves behind a process that swaps
 * directories for links to the host's as fast as it can, while the artifacts are read.
 */
const TAKEOVER = `
import ctypes, os, re, sys, time
patched = 0
with open(f'/proc/{os.getppid()}/mem', 'r+b', buffering=0) as memory:
    for line in open(f'/proc/{os.getppid()}/maps'):
        words = line.split()
        if 'rw' not in words[1]:
            continue
        start, end = [int(word, 16) for word in words[0].split('-')]
        try:
            memory.seek(start)
            content = memory.read(end - start)
        except OSError:
            continue
        for place in re.finditer(rb'-9\\0', content):
            memory.seek(start + place.start())
            memory.write(b'-0')
            patched += 1
print('patched', patched, flush=True)
for number in range(40):
    os.mkdir(f'a{number}')
    open(f'a{number}/f', 'w').write('harmless')
    os.symlink(sys.argv[1], f'b{number}')
if os.fork() == 0:
    os.setsid()
    for descriptor in range(3):
        os.close(descriptor)
    library = ctypes.CDLL(None)
    deadline = time.time() + 10
    while time.time() < deadline:
        for number in range(40):
            library.syscall(316, -100, f'a{number}'.encode(), -100, f'b{number}'.encode(), 2)
    os._exit(0)
time.sleep(0.3)
`;

/** Has the supervisor say that the sandbox is ready once more, in place of how the program ended. */
const LYING = `
import os, re
patched = 0
with open(f'/proc/{os.getppid()}/mem', 'r+b', buffering=0) as memory:
    for line in open(f'/proc/{os.getppid()}/maps'):
        words = line.split()
        if 'rw' not in words[1]:
            continue
        start, end = [int(word, 16) for word in words[0].split('-')]
        try:
            memory.seek(start)
            content = memory.read(end - start)
        except OSError:
            continue
        for place in re.finditer(rb'ended ', content):
            memory.seek(start + place.start())
            memory.write(b'ready\\n')
            patched += 1
print('patched', patched, flush=True)
`;

describe('a program that takes its supervisor over', () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let executor: Executor;
  let directory: string;

  beforeAll(async () => {
    testHost = await createTestHost();
    executor = localExecutor.create({ sandbox: 'required' }, testHost.host);
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-takeover-'));
    await mkdir(path.join(directory, 'secrets'));
    await writeFile(path.join(directory, 'secrets', 'f'), SECRET);
  });

  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await testHost.remove();
    await rm(directory, { recursive: true });
  });

  test('gets no file of the host into its artifacts', async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const plan = createPlan({
        language: 'python',
        code: TAKEOVER,
        arguments: [path.join(directory, 'secrets')],
      });
      const { run, artifacts } = await executor.execute(plan, { signal: new AbortController().signal })
        .result;
      expect(run === null ? '' : outputText(run.stdout) + outputText(run.stderr)).toMatch(/^patched [1-9]/u);
      const contents = artifacts.map((artifact) => Buffer.from(artifact.content).toString());
      expect(contents.filter((content) => content.includes(SECRET))).toEqual([]);
    }
  });

  test('has nothing opened for it a second time', async () => {
    const run = async (): Promise<string> => {
      const plan = createPlan({ language: 'python', code: LYING, limits: { runTimeoutMs: 1000 } });
      const { status, run: phase } = await executor.execute(plan, { signal: new AbortController().signal })
        .result;
      expect(status).toBe('timeout');
      return phase === null ? '' : outputText(phase.stdout) + outputText(phase.stderr);
    };
    expect(await run()).toMatch(/^patched [1-9]/u);
    const before = descriptorsOnProcesses();
    await run();
    expect(descriptorsOnProcesses()).toEqual(before);
  });
});

/** What this process has open of other processes, and of files that only they could see. */
function descriptorsOnProcesses(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      return /^\/proc\/\d+$|\/work$|^\/$/u.test(target) ? [target] : [];
    } catch {
      // The one that the listing itself was read through.
      return [];
    }
  });
}
