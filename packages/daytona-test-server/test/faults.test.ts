import { DaytonaRateLimitError } from '@daytonaio/sdk';
import type { Fault } from '@cloche/daytona-test-server';
import { expect, test } from 'vitest';
import { ask } from './support/ask.ts';
import { waitUntil } from './support/wait-until.ts';
import { withServer } from './support/with-server.ts';

test('a fault strikes as often as it is told to, after those that it spares', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  await server.createSandbox({ name: 'one' });
  const fault = server.inject({ operation: 'getSandbox', skip: 1, times: 2, answer: { status: 500 } });
  const statuses: number[] = [];
  for (let call = 0; call < 4; call += 1) {
    statuses.push((await ask(server, 'GET', '/api/sandbox/one')).status);
  }
  expect(statuses).toEqual([200, 500, 500, 200]);
  expect(fault.count).toBe(2);
});

test('a fault that is removed strikes no more', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  const fault = server.inject({ operation: '*', times: Infinity, answer: { status: 503 } });
  expect((await ask(server, 'GET', '/api/sandbox')).status).toBe(503);
  fault.remove();
  expect((await ask(server, 'GET', '/api/sandbox')).status).toBe(200);
});

test('an operation is carried out only where the fault says so', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  server.inject({ operation: 'createSandbox', answer: { status: 500 } });
  expect((await ask(server, 'POST', '/api/sandbox', {})).status).toBe(500);
  expect(server.sandboxes()).toEqual([]);
  server.inject({ operation: 'createSandbox', isCarriedOut: true, answer: { status: 500 } });
  expect((await ask(server, 'POST', '/api/sandbox', {})).status).toBe(500);
  expect(server.sandboxes()).toHaveLength(1);
});

test('a status comes with the error of its service, its headers, or a body of its own', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const sandbox = await daytona.create();
  server.inject({ operation: 'getSandbox', answer: { status: 429, headers: { 'Retry-After': '7' } } });
  const limited = daytona.get(sandbox.id);
  await expect(limited).rejects.toThrow(DaytonaRateLimitError);
  await expect(limited).rejects.toMatchObject({ headers: { 'retry-after': '7' } });
  server.inject({ operation: 'executeCommand', answer: { status: 502 } });
  await expect(sandbox.process.executeCommand('true')).rejects.toMatchObject({
    statusCode: 502,
    code: 'BAD_GATEWAY',
  });
  server.inject({ operation: 'listSandboxes', answer: { status: 400, body: { message: 'quota' } } });
  expect(await ask(server, 'GET', '/api/sandbox')).toEqual({ status: 400, body: { message: 'quota' } });
});

test('answers that are no answers', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  const answerOf = async (answer: Fault['answer']): Promise<readonly [number, string | null, string]> => {
    server.inject({ operation: 'listSandboxes', answer });
    const response = await fetch(`${server.apiUrl}/sandbox`);
    return [response.status, response.headers.get('content-type'), await response.text()];
  };
  const json = 'application/json; charset=utf-8';
  expect(await answerOf('html')).toEqual([200, 'text/html; charset=utf-8', expect.stringContaining('<form')]);
  expect(await answerOf('wrong shape')).toEqual([200, json, '{"ok":true}']);
  expect(await answerOf('null')).toEqual([200, json, 'null']);
  const [, type, garbage] = await answerOf('garbage');
  expect(type).toBe(json);
  expect(() => JSON.parse(garbage) as unknown).toThrow(SyntaxError);
  await expect(answerOf('cut')).rejects.toThrow('terminated');
  await expect(answerOf('closed')).rejects.toThrow('fetch failed');
});

test('the right answer can come late', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  server.inject({ operation: 'createSandbox', answer: { delayMs: 300 } });
  const startedAtMs = performance.now();
  expect(await ask(server, 'POST', '/api/sandbox', { name: 'late' })).toMatchObject({
    status: 200,
    body: { name: 'late', state: 'started' },
  });
  expect(performance.now() - startedAtMs).toBeGreaterThan(295);
});

test('silence and an endless body last until the client goes', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  for (const answer of ['silence', 'endless body'] as const) {
    server.inject({ operation: 'listSandboxes', answer });
    const response = fetch(`${server.apiUrl}/sandbox`, { signal: AbortSignal.timeout(800) });
    await expect(response.then((arrived) => arrived.text())).rejects.toThrow('timeout');
  }
  const areOver = (): boolean => server.requests.every(({ endedAtMs }) => endedAtMs !== null);
  expect(await waitUntil(areOver, 2000)).toBe(true);
  expect(server.requests).toMatchObject([{ status: null }, { status: 200 }]);
});

test('a silent answer does not hold up the end of the server', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  server.inject({ operation: 'listSandboxes', answer: 'silence' });
  const answer = fetch(`${server.apiUrl}/sandbox`).catch((error: unknown) => error);
  expect(await waitUntil(() => server.requests.length === 1, 2000)).toBe(true);
  await server[Symbol.asyncDispose]();
  expect(await answer).toBeInstanceOf(Error);
});

test('a cut answer of an operation that was carried out is half of the real one', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const sandbox = await daytona.create();
  server.inject({ operation: 'executeCommand', isCarriedOut: true, answer: 'cut' });
  await expect(sandbox.process.executeCommand('touch /tmp/done')).rejects.toThrow('stream has been aborted');
  expect(await sandbox.fs.listFiles('/tmp')).toMatchObject([{ name: 'done' }]);
});

test('a sandbox whose computer dies', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const sandbox = await daytona.create();
  await server.loseSandbox(sandbox.id);
  await expect(sandbox.process.executeCommand('true')).rejects.toMatchObject({
    statusCode: 502,
    message: expect.stringContaining('no IP address found') as string,
  });
  await sandbox.refreshData();
  expect(sandbox).toMatchObject({ state: 'error', errorReason: 'Sandbox container exited unexpectedly' });
  await sandbox.delete();
  expect(await waitUntil(() => server.sandboxes().length === 0, 2000)).toBe(true);
});

test('a command under way when its computer dies is answered with 502', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const sandbox = await daytona.create();
  const command = sandbox.process.executeCommand('echo started > /tmp/started; sleep 60');
  command.catch(() => undefined);
  const hasStarted = async (): Promise<boolean> => (await sandbox.fs.listFiles('/tmp')).length > 0;
  expect(await waitUntil(hasStarted, 5000)).toBe(true);
  await server.loseSandbox(sandbox.id);
  await expect(command).rejects.toMatchObject({ statusCode: 502 });
});

test('sandboxes that do not start', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  for (const state of ['error', 'build_failed'] as const) {
    server.setNextSandboxStart(state);
    await expect(daytona.create({ name: state })).rejects.toThrow(`failed to start with status: ${state}`);
  }
  server.setNextSandboxStart('never started');
  await expect(daytona.create({ name: 'never' }, { timeout: 1 })).rejects.toThrow(/within 1 seconds/);
  expect(server.sandboxes().map(({ state }) => state)).toEqual(['error', 'build_failed', 'creating']);
  await (await daytona.get('never')).delete();
  server.setNextSandboxStart({ startsAfterMs: 200 });
  expect(await daytona.create({ name: 'late' })).toMatchObject({ state: 'started' });
});

test('deletions that conflict, and one that never ends', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const sandbox = await daytona.create({ name: 'one' });
  server.setDeletion({ conflicts: 2 });
  for (let call = 0; call < 2; call += 1) {
    await expect(sandbox.delete()).rejects.toMatchObject({
      statusCode: 409,
      message: 'Sandbox state change in progress',
    });
  }
  await sandbox.delete();
  expect(await waitUntil(() => server.sandboxes().length === 0, 2000)).toBe(true);
  const stuck = await daytona.create({ name: 'two' });
  server.setDeletion('stuck');
  await stuck.delete();
  await expect(stuck.delete()).rejects.toMatchObject({ statusCode: 409 });
  expect(server.sandboxes()).toMatchObject([{ id: stuck.id, state: 'destroying' }]);
  expect((await daytona.get(stuck.id)).state).toBe('destroying');
});
