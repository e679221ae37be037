import { expect, test } from 'vitest';
import { ask } from './support/ask.ts';
import { publishedSchema } from './support/published-schema.ts';
import { withServer } from './support/with-server.ts';

test('answers of the control API have the published shapes', async (context) => {
  const check = publishedSchema(context, 'control');
  await using served = await withServer(context, { buildDurationMs: 200 });
  const { server } = served;
  const request = { name: 'one', labels: { a: 'b' }, env: { A: '1' } };
  const buildInfo = { dockerfileContent: 'FROM debian:12\n' };
  const asked: readonly (readonly [schema: string, method: string, path: string, body?: unknown])[] = [
    ['Sandbox', 'POST', '/api/sandbox', request],
    ['Sandbox', 'POST', '/api/sandbox', { buildInfo, cpu: 2 }],
    ['Sandbox', 'GET', '/api/sandbox/one'],
    ['SandboxLabels', 'PUT', '/api/sandbox/one/labels', { labels: { c: 'd' } }],
    ['Sandbox', 'POST', '/api/sandbox/one/autostop/30'],
    ['Sandbox', 'POST', '/api/sandbox/one/network-settings', { networkBlockAll: true }],
    ['Sandbox', 'POST', '/api/sandbox/one/stop'],
    ['ToolboxProxyUrl', 'GET', '/api/sandbox/one/toolbox-proxy-url'],
    ['ApiKeyList', 'GET', '/api/api-keys/current'],
    ['DaytonaConfiguration', 'GET', '/api/config'],
    ['SnapshotDto', 'POST', '/api/snapshots', { name: 'built', buildInfo }],
    ['SnapshotDto', 'GET', '/api/snapshots/daytona-small'],
    ['Url', 'GET', '/api/snapshots/built/build-logs-url'],
    ['Sandbox', 'DELETE', '/api/sandbox/one'],
  ];
  for (const [schema, method, path, body] of asked) {
    const answer = await ask(server, method, path, body);
    expect.soft(answer.status, path).toBe(200);
    expect.soft(check(schema, answer.body), `${method} ${path}`).toBeNull();
  }
});

test('pages and their items have the published shapes', async (context) => {
  const check = publishedSchema(context, 'control');
  await using served = await withServer(context);
  const { server } = served;
  await server.createSandbox({});
  for (const [page, item, path] of [
    ['ListSandboxesResponse', 'SandboxListItem', '/api/sandbox'],
    ['PaginatedSnapshots', 'SnapshotDto', '/api/snapshots'],
  ] as const) {
    const body = (await ask(server, 'GET', path)).body as { readonly items: readonly unknown[] };
    expect(body.items).toHaveLength(1);
    expect.soft(check(page, { ...body, items: [] }), path).toBeNull();
    expect.soft(check(item, body.items[0]), path).toBeNull();
  }
});

test('answers of the toolbox have the published shapes', async (context) => {
  const check = publishedSchema(context, 'toolbox');
  await using served = await withServer(context);
  const { server } = served;
  const { id } = await server.createSandbox({});
  const execute = '/process/execute';
  const asked: readonly (readonly [schema: string, method: string, path: string, body?: unknown])[] = [
    ['ExecuteResponse', 'POST', execute, { command: 'echo 1' }],
    ['ErrorResponse', 'POST', execute, { command: 'sleep 5', timeout: 1 }],
    ['ErrorResponse', 'POST', execute, { command: '' }],
    ['FileInfo', 'GET', '/files/info?path=/tmp'],
    ['ErrorResponse', 'GET', '/files/info?path=/none'],
    ['WorkDirResponse', 'GET', '/work-dir'],
    ['UserHomeDirResponse', 'GET', '/user-home-dir'],
    ['ErrorResponse', 'POST', '/process/session', {}],
  ];
  for (const [schema, method, path, body] of asked) {
    const answer = await ask(server, method, `/toolbox/${id}${path}`, body);
    expect.soft(check(schema, answer.body), `${method} ${path}`).toBeNull();
  }
});
