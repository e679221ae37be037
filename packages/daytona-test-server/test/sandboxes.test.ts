import { DaytonaConflictError, DaytonaNotFoundError } from '@daytonaio/sdk';
import http from 'node:http';
import { expect, test } from 'vitest';
import { ask } from './support/ask.ts';
import { waitUntil } from './support/wait-until.ts';
import { clientOf, withServer } from './support/with-server.ts';

test('a sandbox is created, runs a command and is deleted', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const sandbox = await daytona.create({ name: 'one', labels: { run: '7' }, envVars: { GREETING: 'hello' } });
  expect(sandbox.state).toBe('started');
  expect(server.sandboxes()).toMatchObject([
    { name: 'one', labels: { run: '7' }, snapshot: 'daytona-small' },
  ]);
  const { exitCode, result } = await sandbox.process.executeCommand(
    'echo "$GREETING from $(id -un)"; exit 3',
  );
  expect({ exitCode, result }).toEqual({ exitCode: 3, result: 'hello from daytona\n' });
  await sandbox.delete();
  expect(await waitUntil(() => server.sandboxes().length === 0, 5000)).toBe(true);
  await expect(daytona.get('one')).rejects.toThrow(DaytonaNotFoundError);
});

test('files go up and come down, byte for byte', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
  await sandbox.fs.uploadFiles([
    { source: bytes, destination: '/tmp/deep/er/bytes.bin' },
    { source: Buffer.from('second'), destination: 'relative ü.txt' },
  ]);
  expect((await sandbox.fs.downloadFile('/tmp/deep/er/bytes.bin')).equals(bytes)).toBe(true);
  expect((await sandbox.fs.downloadFile('/home/daytona/relative ü.txt')).toString()).toBe('second');
  expect(await sandbox.fs.getFileDetails('/tmp/deep')).toMatchObject({ isDir: true, owner: '1000' });
  expect(await sandbox.fs.listFiles('/tmp/deep/er')).toMatchObject([{ name: 'bytes.bin', size: 300_000 }]);
  await sandbox.fs.createFolder('/tmp/folder', '700');
  await sandbox.fs.deleteFile('/tmp/deep', true);
  expect(await sandbox.fs.listFiles('/tmp')).toMatchObject([{ name: 'folder', permissions: '0700' }]);
});

test('files that cannot be written or read are refused with the reason', async (context) => {
  await using served = await withServer(context);
  const sandbox = await served.daytona.create();
  const upload = sandbox.fs.uploadFile(Buffer.from('x'), '/usr/bin/program');
  await expect(upload).rejects.toThrow(/read-only file system/);
  await expect(sandbox.fs.downloadFile('/tmp/none')).rejects.toMatchObject({
    message: 'file not found: /tmp/none',
    statusCode: 404,
  });
  const [folder] = await sandbox.fs.downloadFiles([{ source: '/tmp' }]);
  expect(folder?.errorDetails).toMatchObject({ statusCode: 400 });
});

test('an upload that breaks off ends its file there', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const sandbox = await daytona.create();
  const upload = http.request(new URL(`/toolbox/${sandbox.id}/files/bulk-upload`, server.apiUrl), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      'content-type': 'multipart/form-data; boundary=b',
    },
  });
  upload.on('error', () => undefined);
  upload.write('--b\r\nContent-Disposition: form-data; name="files[0].path"\r\n\r\n/tmp/half\r\n');
  upload.write('--b\r\nContent-Disposition: form-data; name="files[0].file"; filename="f"\r\n\r\n');
  upload.write('x'.repeat(200_000));
  const size = async (): Promise<number> => (await sandbox.fs.getFileDetails('/tmp/half')).size;
  expect(await waitUntil(async () => (await size().catch(() => 0)) > 100_000, 5000)).toBe(true);
  upload.destroy();
  const isOver = (): boolean => server.requests.every(({ endedAtMs }) => endedAtMs !== null);
  expect(await waitUntil(isOver, 2000)).toBe(true);
});

test('a list goes on from page to page, while sandboxes are deleted', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  for (const name of ['a', 'b', 'c', 'd']) await server.createSandbox({ name, labels: { even: 'no' } });
  await server.createSandbox({ name: 'e' });
  const seen: string[] = [];
  for await (const sandbox of daytona.list({ labels: { even: 'no' }, limit: 1 })) {
    seen.push(sandbox.name);
    await sandbox.delete();
  }
  expect(seen).toEqual(['d', 'c', 'b', 'a']);
  expect(server.requests.filter(({ operation }) => operation === 'listSandboxes')).toHaveLength(4);
});

test('what a real server refuses is refused', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  await server.createSandbox({ name: 'taken' });
  await expect(daytona.create({ name: 'taken' })).rejects.toThrow(DaytonaConflictError);
  await expect(daytona.create({ snapshot: 'none' })).rejects.toThrow(
    'Snapshot none not found. Did you add it through the Daytona Dashboard?',
  );
  expect(await ask(server, 'POST', '/api/sandbox', { cpu: 2 })).toMatchObject({
    status: 400,
    body: { message: 'Cannot specify Sandbox resources when using a snapshot', error: 'Bad Request' },
  });
  expect(await ask(server, 'GET', '/api/sandbox?labels=nonsense')).toMatchObject({ status: 400 });
  const stranger = clientOf({ apiUrl: server.apiUrl, apiKey: 'dtn_wrong' });
  await expect(stranger.get('taken')).rejects.toMatchObject({
    statusCode: 401,
    message: 'Invalid credentials',
  });
});

test('a key may do what it is allowed to', async (context) => {
  await using served = await withServer(context, { permissions: ['write:sandboxes'] });
  const { server, daytona } = served;
  const sandbox = await daytona.create();
  await expect(sandbox.delete()).rejects.toMatchObject({ statusCode: 403, message: 'Forbidden resource' });
  expect(await ask(server, 'GET', '/api/api-keys/current')).toMatchObject({
    status: 200,
    body: { permissions: ['write:sandboxes'] },
  });
});

test('outside of the API there is a page, and old paths are not found', async (context) => {
  await using served = await withServer(context);
  const { server } = served;
  const page = await fetch(new URL('/sandbox', server.apiUrl));
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await ask(server, 'GET', '/api/workspaces')).toMatchObject({
    status: 404,
    body: { statusCode: 404, path: '/api/workspaces', message: 'Cannot GET /api/workspaces' },
  });
});

test('a stopped sandbox keeps its files, and an ephemeral one goes', async (context) => {
  await using served = await withServer(context);
  const { server, daytona } = served;
  const lasting = await daytona.create();
  await lasting.process.executeCommand('echo kept > /tmp/kept');
  await lasting.stop();
  await expect(lasting.process.executeCommand('true')).rejects.toThrow(/Is the Sandbox started/);
  await lasting.start();
  expect((await lasting.process.executeCommand('cat /tmp/kept')).result).toBe('kept\n');
  const ephemeral = await daytona.create({ ephemeral: true });
  await ephemeral.stop();
  expect(server.sandboxes().map(({ id }) => id)).toEqual([lasting.id]);
});

test('a sandbox that nobody asks anything stops after its interval', async (context) => {
  await using served = await withServer(context, { minuteMs: 600 });
  const { server, daytona } = served;
  const sandbox = await daytona.create({ autoStopInterval: 2 });
  await sandbox.process.executeCommand('sleep 2');
  expect(server.sandboxes()).toMatchObject([{ state: 'started' }]);
  expect(await waitUntil(() => server.sandboxes()[0]?.state === 'stopped', 5000)).toBe(true);
});
