import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startModelServer } from '@cloche/model-test-server';
import { expect, test } from 'vitest';
import { failToWrite, generatorConfig, MARKER_KEY, resolvedAt } from './support/test-models.ts';
import { resolveModel } from '../../src/index.ts';
import type { ResolvedModel } from '../../src/index.ts';

function compatibleAt(baseUrl: string): ResolvedModel {
  const resolved = resolveModel(
    generatorConfig({
      baseUrl,
      baseUrlSource: { kind: 'flag', name: '--base-url' },
      apiKey: MARKER_KEY,
      model: 'test-model',
    }),
    {},
  );
  if (resolved === null) throw new Error('nothing is configured');
  return resolved;
}

test('nothing listens', async () => {
  const server = await startModelServer();
  const baseUrl = server.baseUrls.compatible;
  await server[Symbol.asyncDispose]();
  const { error } = await failToWrite(compatibleAt(baseUrl));
  expect(error.message).toBe(`Nothing listens at ${baseUrl}.`);
  expect(error.localizedMessage('zh')).toBe(`${baseUrl} 处没有服务在监听。`);
  expect(error.hint).toContain('--base-url');
  expect(error.retryable).toBe(true);
});

test('a host that nobody knows', async () => {
  // RFC 6761: no resolver knows a name below `.invalid`.
  const { error } = await failToWrite(compatibleAt('https://models.invalid/v1'));
  expect(error.message).toContain('There is no host by the name in https://models.invalid/v1');
  expect(error.localizedMessage('zh')).toContain('找不到');
});

test('a port that is closed to web requests', async () => {
  const { error } = await failToWrite(compatibleAt('http://127.0.0.1:6000/v1'));
  expect(error.message).toBe(
    'The port of http://127.0.0.1:6000/v1 is one that Node.js opens to no web request.',
  );
  expect(error.localizedMessage('zh')).toContain('端口');
  expect(error.hint).toContain('change --base-url');
  expect(error.retryable).toBe(false);
});

test('https:// to what speaks http://', async () => {
  await using server = await startModelServer();
  const baseUrl = server.baseUrls.compatible.replace('http:', 'https:');
  const { error } = await failToWrite(compatibleAt(baseUrl));
  expect(error.message).toContain(`The certificate of ${baseUrl} is not accepted`);
  expect(error.hint).toContain('http://');
  expect(error.retryable).toBe(false);
});

test('what listens speaks no HTTP at all', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('SSH-2.0-OpenSSH_9.9\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const { error } = await failToWrite(compatibleAt(`http://127.0.0.1:${port}/v1`));
    expect(error.message).toContain('is not the API of a model');
  } finally {
    server.close();
  }
});

test('a redirect to another host is not followed: neither key nor prompt arrives there', async () => {
  await using elsewhere = await startModelServer();
  await using server = await startModelServer();
  const other = elsewhere.url.replace('127.0.0.1', 'localhost');
  for (const provider of ['compatible', 'openai', 'anthropic', 'google'] as const) {
    for (const status of [301, 302, 303, 307, 308]) {
      server.script([{ status, headers: { location: `${other}/v1/chat/completions?token=secret` } }]);
      const { error } = await failToWrite(resolvedAt(server, provider));
      expect(error.message).toContain(`redirects to ${other}; neither key nor prompt is sent there`);
      expect(error.localizedMessage('zh')).toContain(`重定向到 ${other}`);
      expect(`${error.message}${error.hint}`).not.toContain('secret');
    }
  }
  expect(elsewhere.requests).toEqual([]);
});

test('what is sent to nobody: plain http:// beyond this computer and private networks', () => {
  expect(() => compatibleAt('http://models.example.com/v1')).toThrow(
    expect.objectContaining({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('--base-url, leads over http:// to models.example.com') as string,
    }),
  );
});
