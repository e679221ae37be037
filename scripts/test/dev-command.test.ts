import { setTimeout as delay } from 'node:timers/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantCheckout, type Checkout } from './plant-checkout.ts';

const installs = `touch node_modules/.modules.yaml`;
const dev = ['scripts/dev.cjs', 'cloche'];

const echo = `
import { readFileSync } from 'node:fs';
console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }));
process.exitCode = Number(process.argv[2]);`;

/** Prints `ready`, then each signal that it gets, and ends with code 7 on the one that is named. */
function waitsFor(last: string): string {
  return `
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {
  console.log(name);
  if (name === '${last}') setTimeout(() => process.exit(7), 50);
});
setInterval(() => {}, 1000);
console.log('ready');`;
}

const oddArguments = [
  'a b',
  '',
  '--',
  '-x',
  `'`,
  `"`,
  '`id`',
  '$(id)',
  '$HOME',
  '*',
  '\\',
  '\\n',
  'a\nb',
  '中文',
  '%PATH%',
  '!!',
];

test('arguments and the exit code pass through npm unchanged, and stdout carries the command alone', async () => {
  const checkout = plantCheckout(echo, `echo from-pnpm; ${installs}`);
  const argv = ['run', '--silent', 'cloche', '--', '42', ...oddArguments];
  const first = await checkout.start('npm', argv).ending;
  expect(first.stderr).toContain('from-pnpm');
  expect(JSON.parse(first.stdout)).toEqual({ args: ['42', ...oddArguments], cwd: checkout.root });
  expect(first.code).toBe(42);
  const second = await checkout.start('npm', argv).ending;
  expect(second).toEqual({ ...first, stderr: '' });
});

test('a relative path means what it means where the command was typed', async () => {
  const checkout = plantCheckout(echo, installs);
  const cwd = join(checkout.root, 'packages/cli');
  const argv = ['--prefix', checkout.root, 'run', '--silent', 'cloche', '--', '0'];
  expect(JSON.parse((await checkout.start('npm', argv, { cwd }).ending).stdout)).toEqual({
    args: ['0'],
    cwd,
  });
});

test('a child that a signal ends is mirrored by that signal', async () => {
  const checkout = plantCheckout(`process.kill(process.pid, 'SIGKILL');`, installs);
  expect(await checkout.start('node', dev).ending).toMatchObject({ code: null, signal: 'SIGKILL' });
});

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s to the script alone reaches the command once',
  async (signal) => {
    const checkout = plantCheckout(waitsFor(signal), installs);
    const running = checkout.start('node', dev, { detached: true });
    await running.printed('ready');
    running.child.kill(signal);
    expect(await running.ending).toMatchObject({ code: 7, signal: null, stdout: `ready\n${signal}\n` });
  },
);

test('an interrupt of the whole group reaches the command once', async () => {
  const checkout = plantCheckout(waitsFor('SIGINT'), installs);
  const running = checkout.start('npm', ['run', '--silent', 'cloche'], { detached: true });
  await running.printed('ready');
  process.kill(-(running.child.pid ?? Number.NaN), 'SIGINT');
  expect(await running.ending).toMatchObject({ stdout: 'ready\nSIGINT\n' });
});

test('a command whose npm was ended does not live on', async () => {
  const checkout = plantCheckout(waitsFor('SIGTERM'), installs);
  const running = checkout.start('npm', ['run', '--silent', 'cloche']);
  await running.printed('ready');
  running.child.kill('SIGTERM');
  // Resolves when the last process that holds stdout has ended.
  expect(await running.ending).toMatchObject({ stdout: 'ready\nSIGTERM\n' });
});

test('set-up runs again when a manifest changed or an installed package is gone, and not otherwise', async () => {
  const checkout = plantCheckout('', `echo x >>installs; ${installs}`);
  const installCount = async (): Promise<number> => {
    const { code, stderr } = await checkout.start('node', dev).ending;
    expect(code, stderr).toBe(0);
    return (await checkout.start('cat', ['installs']).ending).stdout.length / 2;
  };
  expect(await installCount()).toBe(1);
  expect(await installCount()).toBe(1);
  checkout.plant('packages/cli/package.json', '{ "type": "module", "version": "1.0.0" }');
  expect(await installCount()).toBe(2);
  checkout.plant('pnpm-lock.yaml', 'lockfileVersion: 9.0');
  expect(await installCount()).toBe(3);
  await checkout.start('rm', ['node_modules/.modules.yaml']).ending;
  expect(await installCount()).toBe(4);
  mkdirSync(join(checkout.root, 'packages/more'));
  expect(await installCount()).toBe(4);
});

async function startTogether(checkout: Checkout): Promise<void> {
  const endings = await Promise.all([1, 2, 3].map(() => checkout.start('node', dev).ending));
  for (const ending of endings) expect(ending, ending.stderr).toMatchObject({ code: 0 });
}

const installsAlone = `
mkdir installing
sleep 0.5
${installs}
rmdir installing
echo x >>installs`;

test('two set-ups at once install once, one after the other', async () => {
  const checkout = plantCheckout('', installsAlone);
  await startTogether(checkout);
  expect((await checkout.start('cat', ['installs']).ending).stdout).toBe('x\n');
});

test('the lock of a set-up that was killed does not hold up the next', async () => {
  const checkout = plantCheckout('', `echo installing; sleep 30`);
  const killed = checkout.start('node', dev, { detached: true });
  await killed.printed('installing');
  process.kill(-(killed.child.pid ?? Number.NaN), 'SIGKILL');
  await killed.ending;
  checkout.plant('pnpm', `#!/usr/bin/env bash\nset -e\n${installsAlone}\n`);
  await startTogether(checkout);
  expect((await checkout.start('cat', ['installs']).ending).stdout).toBe('x\n');
});

test('a failed set-up says what failed and what to do, leaves stdout empty, and is tried again', async () => {
  const checkout = plantCheckout(echo, `echo no route to host; exit 3`);
  const failed = await checkout.start('node', [...dev, '0']).ending;
  expect(failed).toMatchObject({ code: 125, stdout: '' });
  expect(failed.stderr).toContain('no route to host');
  expect(failed.stderr).toContain('pnpm ended with exit code 3');
  expect(failed.stderr).toContain('npm ping');
  checkout.plant('pnpm', `#!/usr/bin/env bash\n${installs}\n`);
  expect(await checkout.start('node', [...dev, '0']).ending).toMatchObject({ code: 0 });
});

test('an interrupted set-up ends by the signal and does not start the command', async () => {
  const checkout = plantCheckout(echo, `echo installing; exec sleep 30`);
  const running = checkout.start('node', dev, { detached: true });
  await running.printed('installing');
  await delay(100);
  process.kill(-(running.child.pid ?? Number.NaN), 'SIGINT');
  expect(await running.ending).toMatchObject({ signal: 'SIGINT', stdout: '' });
});

test('an unknown command names the known ones', async () => {
  const checkout = plantCheckout('', installs);
  const { code, stderr } = await checkout.start('node', ['scripts/dev.cjs', 'tset']).ending;
  expect(code).toBe(125);
  expect(stderr).toContain('"tset"');
  expect(stderr).toContain('bench');
});
