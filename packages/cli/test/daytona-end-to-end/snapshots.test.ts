import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { CliResult } from '../support/cli-process.ts';
import { endOf } from '../support/cli-process.ts';
import { daytonaEndToEnd } from '../support/daytona-end-to-end.ts';

/** The SDK asks every second: long enough for it to see a build, and to be interrupted in one. */
const BUILD_MS = 1800;

const daytona = daytonaEndToEnd({ hiddenPrograms: ['rustc'], buildDurationMs: BUILD_MS });
const { cloche } = daytona;

const snapshot = (...words: readonly string[]): Promise<CliResult> =>
  cloche(['daytona', 'snapshot', ...words]);

test('a toolchain that is missing is there after the command that the hint gives', async () => {
  const missing = await cloche(['run', 'examples/calculator.rs']);
  expect(missing).toMatchObject({ exitCode: 125, stdout: '' });
  expect(missing.stderr).toMatch(/^hint: .*: cloche daytona snapshot create$/mu);

  const created = await snapshot('create');
  expect(created).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Built cloche-toolchains \(.*GiB\), for every language\./u),
  });
  expect(created.stderr).toMatch(/^Step 1\/\d+ : FROM debian:trixie-slim$/mu);
  expect(created.stdout).toContain('  export CLOCHE_DAYTONA_SNAPSHOT=cloche-toolchains\n');

  const environment = { CLOCHE_DAYTONA_SNAPSHOT: 'cloche-toolchains' };
  expect(await cloche(['run', 'examples/calculator.rs'], { environment })).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('7 / (5 - 5) ! division by zero\n'),
  });
});

test('list and delete do what they say', async () => {
  await snapshot('create', '--name', 'mine', '--lang', 'zh', '--cpu', '2', '--memory', '4', '--disk', '8');
  const listed = await snapshot('list', '--json');
  const names = (JSON.parse(listed.stdout) as { name: string }[]).map(({ name }) => name);
  expect(names).toContain('mine');
  expect(await snapshot('delete', 'mine')).toMatchObject({ exitCode: 0, stdout: 'Deleted mine.\n' });
  expect((await snapshot('list')).stdout).not.toContain('mine');
  const again = await snapshot('delete', 'mine', '--lang', 'zh');
  expect(again).toMatchObject({ exitCode: 125, stdout: '' });
  expect(again.stderr).toMatch(/^cloche: Daytona API错误: .*\(HTTP 404\)$/mu);
});

test('a key that may not make one is told as such', async () => {
  const fault = daytona.server.inject({
    operation: 'createSnapshot',
    times: Infinity,
    answer: { status: 403 },
  });
  const refused = await snapshot('create', '--name', 'refused');
  fault.remove();
  expect(refused).toMatchObject({ exitCode: 125, stdout: '' });
  expect(refused.stderr).toContain('(HTTP 403)');
});

test('Ctrl-C ends create while the service says nothing', async () => {
  const fault = daytona.server.inject({
    operation: 'createSnapshot',
    times: Infinity,
    answer: 'silence',
  });
  const child = daytona.start(['daytona', 'snapshot', 'create', '--name', 'silent']);
  const ending = endOf(child);
  await once(child.stderr, 'data');
  child.kill('SIGINT');
  const { exitCode, stdout } = await ending;
  fault.remove();
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
});

test.each([
  ['en', 'cloche: Interrupted.\n'],
  ['zh', 'cloche: 已中断。\n'],
])(
  'Ctrl-C ends create in the middle of a build, and says in %s what goes on',
  async (locale, interrupted) => {
    const name = `endless-${locale}`;
    const child = daytona.start(['daytona', 'snapshot', 'create', '--name', name, '--lang', locale]);
    const ending = endOf(child);
    await untilShown(child.stderr, /^Step 1\//mu);
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await ending;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toContain(interrupted);
    expect(stderr).toContain(`cloche daytona snapshot delete ${name}\n`);

    const again = await snapshot('create', '--name', name);
    expect(again).toMatchObject({ exitCode: 125, stdout: '' });
    expect(again.stderr).toContain(`"${name}" already exists`);
    const deleted = await snapshot('delete', name);
    expect(deleted).toMatchObject({ exitCode: 0, stdout: `Deleted ${name}.\n` });
  },
);

/** Waits until a stream that others read too has shown something, or has ended. */
async function untilShown(stream: Readable, pattern: RegExp): Promise<void> {
  let shown = '';
  await new Promise<void>((resolve) => {
    stream.once('end', resolve);
    stream.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (pattern.test(shown)) resolve();
    });
  });
}
