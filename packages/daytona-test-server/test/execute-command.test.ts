import { DaytonaTimeoutError } from '@daytonaio/sdk';
import { expect, test } from 'vitest';
import { ask } from './support/ask.ts';
import { withServer } from './support/with-server.ts';

test('both outputs come as one, in the order of writing', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const { result } = await sandbox.process.executeCommand('echo 1; echo 2 >&2; echo 3; echo 4 >/dev/stderr');
  expect(result).toBe('1\n2\n3\n4\n');
});

test("a program's standard input is the rest of the command", async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const { result } = await sandbox.process.executeCommand('cat\nthis is not run\n');
  expect(result).toBe('this is not run\n');
});

test('a command that takes too long is killed, and its output is lost', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const startedAtMs = performance.now();
  const command = sandbox.process.executeCommand('echo lost; sleep 60 & sleep 60', undefined, undefined, 1);
  await expect(command).rejects.toThrow(DaytonaTimeoutError);
  await expect(command).rejects.toMatchObject({ statusCode: 408, code: 'REQUEST_TIMEOUT' });
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  const { result } = await sandbox.process.executeCommand('ps axo args');
  expect(result).not.toContain('sleep 60');
});

test('what still holds the output holds up the answer', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const startedAtMs = performance.now();
  const held = await sandbox.process.executeCommand('(sleep 1; echo late) & echo early');
  expect(held.result).toBe('early\nlate\n');
  expect(performance.now() - startedAtMs).toBeGreaterThan(990);
  const free = await sandbox.process.executeCommand('sleep 60 >/dev/null 2>&1 & echo early');
  expect(free.result).toBe('early\n');
});

test('a shell that a signal ends has the exit code -1', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  expect((await sandbox.process.executeCommand('kill -KILL $$')).exitCode).toBe(-1);
  expect(await sandbox.process.executeCommand('true', '/nowhere')).toMatchObject({
    exitCode: -1,
    result: 'fork/exec /usr/bin/bash: no such file or directory',
  });
});

test('each byte that is no character becomes a replacement character', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const { result } = await sandbox.process.executeCommand(String.raw`printf 'a\xff\xe2\x82b€'`);
  expect(result).toBe('a\u{FFFD}\u{FFFD}\u{FFFD}b€');
});

test('a command has its directory, its variables and those of the sandbox, and none of the server', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create({ envVars: { ONE: '1', TWO: '2' } });
  const command = 'echo $PWD $ONE $TWO $HOME; compgen -e | sort | tr "\\n" " "';
  const { result } = await sandbox.process.executeCommand(command, '/tmp', { TWO: 'two' });
  const [values, names] = result.split('\n');
  expect(values).toBe('/tmp 1 two /home/daytona');
  // Go's compiled library is there where this computer has it.
  expect(names?.replace('GOCACHE ', '').trim().split(' ')).toEqual(
    'DAYTONA_SANDBOX_ID DAYTONA_SANDBOX_SNAPSHOT DAYTONA_SANDBOX_USER HOME LANG ONE PATH PWD SHLVL TWO USER'.split(
      ' ',
    ),
  );
});

const REFUSED: readonly (readonly [unknown, RegExp])[] = [
  [{ command: '  ' }, /^bad request: command cannot be empty or whitespace-only$/],
  [{ command: 'true', envs: { 'A-B': '1' } }, /^bad request: invalid environment variable name: 'A-B'$/],
  [{ command: 'true', timeout: -1 }, /^bad request: invalid request body: json: cannot unmarshal/],
  ['not an object', /^bad request: invalid request body/],
];

test('what is no request is refused', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  const { id } = await server.createSandbox({});
  for (const [body, message] of REFUSED) {
    expect(await ask(server, 'POST', `/toolbox/${id}/process/execute`, body)).toMatchObject({
      status: 400,
      body: {
        statusCode: 400,
        code: 'BAD_REQUEST',
        path: '/process/execute',
        method: 'POST',
        message: expect.stringMatching(message) as string,
      },
    });
  }
});
