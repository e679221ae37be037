import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '../../src/agent/job.ts';
import { launchCommand } from '../../src/agent/launch-command.ts';
import { parsePollAnswer } from '../../src/agent/poll-answer.ts';
import { FIRST_CURSORS, pollCommand } from '../../src/agent/poll-command.ts';
import { JobDialogue } from '../../src/execution/job-dialogue.ts';
import type { JobSandbox } from '../../src/execution/job-dialogue.ts';
import { pathWithoutBash, removeJob, shellSandbox, testJob } from '../support/shell-sandbox.ts';

interface Seen {
  readonly ending: string;
  readonly said: readonly string[];
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly files: Buffer;
}

const jobs: Job[] = [];

afterEach(async () => {
  for (const made of jobs.splice(0)) await removeJob(made);
});

function job(argv: readonly string[], rest: Partial<Job> = {}): Job {
  const made = testJob(argv, rest);
  jobs.push(made);
  return made;
}

async function see(
  sandbox: JobSandbox,
  given: Job,
  onDialogue: (dialogue: JobDialogue) => void = () => undefined,
): Promise<Seen> {
  const said: string[] = [];
  const output: Record<string, Buffer[]> = { ro: [], re: [], co: [], ce: [], f: [] };
  const dialogue = new JobDialogue(sandbox, given, {
    onSaid: (words) => said.push(words),
    onStdin: () => undefined,
    onOutput: (stream, data) => output[stream]?.push(data),
    onFiles: (data) => output['f']?.push(data),
    onLaunch: () => undefined,
    room: () => Promise.resolve(),
  });
  onDialogue(dialogue);
  const ending = await dialogue.run();
  const all = (name: string): Buffer => Buffer.concat(output[name] ?? []);
  return { ending, said, stdout: all('ro'), stderr: all('re'), files: all('f') };
}

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

describe.each(['bash', 'a shell that is not bash'])('in %s', (kind) => {
  let sandbox: ReturnType<typeof shellSandbox>;
  let remove: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    const bare = await pathWithoutBash();
    remove = bare.remove;
    sandbox =
      kind === 'bash'
        ? shellSandbox('/bin/bash', { PATH: '/usr/bin:/bin' })
        : shellSandbox('/bin/sh', { PATH: bare.directory });
  });

  afterAll(() => remove());

  test('every byte of both streams arrives, apart', async () => {
    const code = `import sys
sys.stdout.buffer.write(bytes(range(256)) * 1000); sys.stderr.buffer.write(bytes(reversed(range(256))))`;
    const seen = await see(sandbox, job(['python3', '-c', code]));
    expect(seen.ending).toBe('done');
    expect(seen.stdout.equals(Buffer.concat(Array.from({ length: 1000 }, () => ALL_BYTES)))).toBe(true);
    expect(seen.stderr.equals(Buffer.from(ALL_BYTES.toReversed()))).toBe(true);
  });

  test('a signal is told from an exit code', async () => {
    const code = await see(sandbox, job(['sh', '-c', 'exit 137']));
    expect(code.said.at(-1)).toMatch(/^ended run 137 - 0 \d+ *(?:\[1\].*Done\(137\).*)?$/u);
    const signal = await see(sandbox, job(['sh', '-c', 'kill -9 $$']));
    expect(signal.said.at(-1)).toMatch(/^ended run 137 - 0 \d+ .*Killed/u);
  });

  test('at the deadline everything of the program is ended, and what it wrote is there', async () => {
    const given = job(['sh', '-c', 'echo before; setsid sleep 60 & sleep 60'], {
      run: { argv: ['sh', '-c', 'echo before; setsid sleep 60 & sleep 60'], timeoutMs: 700 },
    });
    const startedAtMs = performance.now();
    const seen = await see(sandbox, given);
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
    expect(seen.stdout.toString()).toBe('before\n');
    expect(seen.said.at(-1)).toMatch(/^ended run \S+ timeout 0 (?:[7-9]\d|1\d\d) /u);
  });

  test('a compiler that fails is the end', async () => {
    const compile = { argv: ['sh', '-c', 'echo wrong >&2; exit 3'], timeoutMs: 5000 };
    const seen = await see(sandbox, job(['sh', '-c', 'echo ran'], { compile }));
    expect(seen.said.map((words) => words.split(' ').slice(0, 3).join(' '))).toEqual([
      expect.stringMatching(/^ready/u),
      'started compile',
      'ended compile 3',
    ]);
    expect(seen.stdout.toString()).toBe('');
  });

  test('a missing program is said before anything starts', async () => {
    const seen = await see(sandbox, job(['sh', '-c', 'echo ran'], { programs: ['no-such-program'] }));
    expect(seen.said).toEqual(['missing no-such-program']);
    expect(seen.stdout.toString()).toBe('');
  });

  test('a launch that arrives twice starts the program once', async () => {
    const given = job(['sh', '-c', 'echo once >>../count; sleep 0.3']);
    const { command } = await launchCommand(given, FIRST_CURSORS);
    await Promise.all([sandbox.execute(command, 0), sandbox.execute(command, 0)]);
    const seen = await see(sandbox, given);
    expect(seen.ending).toBe('done');
    expect(await readFile(`${given.places}/count`, 'utf8')).toBe('once\n');
  });

  test('a launch that comes after its job was forgotten starts nothing', async () => {
    const given = job(['sh', '-c', 'echo once >>/tmp/cloche-$1.count', 'sh', 'x']);
    const late = job(['sh', '-c', 'echo again'], { formerIds: [given.id] });
    const { command } = await launchCommand(
      { ...given, run: { ...given.run, argv: ['sh', '-c', `echo once >>${late.places}.count`] } },
      FIRST_CURSORS,
    );
    await sandbox.execute(command, 0);
    expect((await see(sandbox, late)).stdout.toString()).toBe('again\n');
    expect(parsePollAnswer(await sandbox.execute(command, 0))?.ending).toBe('lost');
    await delay(300);
    expect(await readFile(`${late.places}.count`, 'utf8')).toBe('once\n');
    await rm(`${late.places}.count`);
  });

  test('a locale that is not there changes no exit code', async () => {
    const environment = { LC_ALL: 'xx_YY.UTF-8', LANG: 'zh_CN.UTF-8' };
    const seen = await see(sandbox, job(['sh', '-c', 'exit 255'], { environment }));
    expect(seen.said.at(-1)).toMatch(/^ended run 255 - 0 \d+ *(?:\[1\].*Done\(255\).*)?$/u);
  });

  test('no name of the request is one of the agent', async () => {
    const names = [
      'c',
      'p',
      'cloche_phase',
      'cloche_id',
      'cloche_code',
      'IFS',
      'CLOCHE_EXECUTION',
      'BASH_ENV',
      'ENV',
    ];
    const environment = Object.fromEntries(names.map((name) => [name, 'x']));
    const argv = ['/bin/sh', '-c', 'echo "$c$p$cloche_phase$cloche_id$cloche_code"; sleep 60'];
    const seen = await see(sandbox, job([], { environment, run: { argv, timeoutMs: 700 } }));
    expect(seen.stdout.toString()).toBe('xxxxx\n');
    expect(seen.said.at(-1)).toMatch(/^ended run \S+ timeout 0 (?:[7-9]\d|1\d\d) /u);
  });

  test('more than a chunk in the place of one does not come', async () => {
    const code =
      'rm -f out/ce.0; truncate -s 40000000 /tmp/cloche-$1.in/large; ln -s /tmp/cloche-$1.in/large out/ce.0; : >out/ce.0+; sleep 0.3';
    const given = job([]);
    const argv = ['sh', '-c', `cd /dev/shm/cloche-${given.id}.control; ${code}`, 'sh', given.id];
    const seen = await see(sandbox, { ...given, run: { argv, timeoutMs: 5000 } });
    expect(seen.ending).toBe('done');
  });

  test('what an answer told is told again until it is acknowledged', async () => {
    const given = job(['sh', '-c', 'echo once; sleep 0.2']);
    const { command } = await launchCommand(given, FIRST_CURSORS);
    await sandbox.execute(command, 0);
    await delay(600);
    const poll = pollCommand(given.id, FIRST_CURSORS);
    const [first, again] = [await sandbox.execute(poll, 0), await sandbox.execute(poll, 0)].map(
      parsePollAnswer,
    );
    expect(first?.ending).toBe('done');
    expect(first?.chunks.find(({ stream }) => stream === 'ro')?.data.toString()).toBe('once\n');
    expect(again).toEqual(first);
  });

  test('a program waits while nobody takes what it writes', async () => {
    const given = job([
      'sh',
      '-c',
      'dd if=/dev/zero bs=65536 count=400 2>/dev/null; echo written >../written',
    ]);
    const { command } = await launchCommand(given, FIRST_CURSORS);
    await sandbox.execute(command, 0);
    await delay(1500);
    await expect(readFile(`${given.places}/written`, 'utf8')).rejects.toThrow(/ENOENT/u);
    const seen = await see(sandbox, given);
    expect(seen.stdout.length).toBe(400 * 65_536);
    expect(await readFile(`${given.places}/written`, 'utf8')).toBe('written\n');
  });

  test('a stop ends the program, and its last words come', async () => {
    const given = job(['sh', '-c', 'echo before; sleep 60']);
    const seen = await see(sandbox, given, (dialogue) => {
      setTimeout(() => void dialogue.stop(), 800);
    });
    expect(seen.ending).toBe('done');
    expect(seen.stdout.toString()).toBe('before\n');
    expect(seen.said.at(-1)).toMatch(/^ended run \S+ cancelled /u);
  });

  test('a program that ends its watcher does not go unnoticed', async () => {
    const code = 'read -r agent </dev/shm/cloche-$1.control/pid && kill -9 "$agent"; sleep 3';
    const given = job([]);
    const seen = await see(sandbox, {
      ...given,
      run: { argv: ['sh', '-c', code, 'sh', given.id], timeoutMs: 10_000 },
    });
    expect(seen.ending).toBe('gone');
  });

  test('memory and processes beyond their limits end a program', async () => {
    const hungry = job(['python3', '-c', 'import time; block = b"x" * 200_000_000; time.sleep(20)'], {
      memoryBytes: 96 * 1024 ** 2,
    });
    expect((await see(sandbox, hungry)).said.at(-1)).toMatch(/^ended run \S+ memory /u);
    const many = job(['sh', '-c', 'for i in 1 2 3 4 5 6 7 8 9; do sleep 20 & done; wait'], {
      processCount: 5,
    });
    expect((await see(sandbox, many)).said.at(-1)).toMatch(/^ended run \S+ processes /u);
  });

  test('memory that forked processes share counts once', async () => {
    const code = `import os, time
block = b"x" * 60_000_000
children = [os.fork() for _ in range(3)]
time.sleep(1.5)
print("survived", flush=True)`;
    const seen = await see(sandbox, job(['python3', '-c', code], { memoryBytes: 160 * 1024 ** 2 }));
    expect(seen.said.at(-1)).toMatch(/^ended run 0 - /u);
  });
});
