import { inspect } from 'node:util';
import type { ClocheError } from '@cloche/core/executor';
import { startModelServer } from '@cloche/model-test-server';
import type { ModelReply, ModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { listModels, openCodeModel, probeModel } from '../../src/index.ts';
import { failToWrite, MARKER_KEY, PROVIDERS, resolvedAt, write } from './support/test-models.ts';

/** Everything that could be printed of an error. */
function allOf(error: ClocheError): string {
  return [
    inspect(error, { depth: Infinity, showHidden: true, maxStringLength: Infinity }),
    error.stack,
    JSON.stringify(error),
    JSON.stringify(error.text),
    inspect(error.cause, { depth: Infinity, showHidden: true }),
  ].join('\n');
}

const KEY_HEADERS = {
  anthropic: 'x-api-key',
  google: 'x-goog-api-key',
  openai: 'authorization',
  compatible: 'authorization',
};

/** Answers that bring the key back, in every place that is read. */
function echoes(server: ModelServer): readonly ModelReply[] {
  const said = `Incorrect API key provided: ${MARKER_KEY}. Bearer ${MARKER_KEY}; "${MARKER_KEY}"`;
  const error = { message: said, type: 'invalid_request_error', code: 'invalid_api_key', param: MARKER_KEY };
  return [
    { status: 401, body: { error } },
    { status: 400, body: { error: said } },
    { status: 422, body: { detail: said } },
    { status: 500, body: said },
    {
      status: 500,
      body: { error, request: { headers: { authorization: `Bearer ${MARKER_KEY}` } } },
      headers: { 'x-echo': MARKER_KEY },
    },
    { status: 302, headers: { location: `${server.url}/login?key=${MARKER_KEY}` } },
    { status: 200, body: { error } },
    { status: 200, body: `data: ${MARKER_KEY}\n\n`, headers: { 'content-type': 'text/event-stream' } },
    {
      status: 200,
      body: `data: ${JSON.stringify({ error, type: 'error' })}\n\n`,
      headers: { 'content-type': 'text/event-stream' },
    },
    { failure: 'bad key' },
    { instead: 'reset' },
    { instead: 'html' },
    { text: ['a', 'b'], fault: 'cut' },
  ];
}

describe.each(PROVIDERS)('%s', (provider) => {
  test('the key travels in its header, and nowhere else', async () => {
    await using server = await startModelServer({ apiKey: MARKER_KEY });
    server.script(['x']);
    const resolved = resolvedAt(server, provider);
    await write(openCodeModel(resolved));
    await listModels(resolved, { signal: new AbortController().signal });
    expect(server.requests).toHaveLength(2);
    for (const { path, headers, text } of server.requests) {
      const { [KEY_HEADERS[provider]]: header, ...others } = headers;
      expect(header).toContain(MARKER_KEY);
      expect(path + text + JSON.stringify(others)).not.toContain(MARKER_KEY);
    }
  });

  test('no error shows it, whatever comes back', async () => {
    await using server = await startModelServer();
    for (const reply of echoes(server)) {
      server.script([reply]);
      const { error } = await failToWrite(resolvedAt(server, provider));
      expect(allOf(error)).not.toContain(MARKER_KEY);
    }
    expect(server.repliesLeft).toBe(0);
  });

  test('no error shows the prompt', async () => {
    await using server = await startModelServer();
    for (const reply of echoes(server)) {
      server.script([reply]);
      const model = openCodeModel(resolvedAt(server, provider));
      const error: unknown = await write(model, { requirement: 'a-private-requirement' }).catch(
        (failure: unknown) => failure,
      );
      expect(error).toBeInstanceOf(Error);
      expect(allOf(error as ClocheError)).not.toContain('a-private-requirement');
    }
  });

  test('without a key, no header of one is sent', async () => {
    await using server = await startModelServer();
    server.script(['x']);
    const resolved = resolvedAt(server, provider, { apiKey: null });
    expect(resolved.apiKey).toBeNull();
    await write(openCodeModel(resolved));
    await listModels(resolved, { signal: new AbortController().signal });
    for (const { headers } of server.requests) {
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(?:authorization|x-api-key|x-goog-api-key)$/u)]),
      );
    }
  });

  test('refused without a key, it says that none was sent', async () => {
    await using server = await startModelServer({ apiKey: 'another' });
    const { error } = await failToWrite(resolvedAt(server, provider, { apiKey: null }));
    expect(error.message).toContain('wants a key, and none was sent');
    expect(error.localizedMessage('zh')).toContain('需要密钥，但未发送');
  });
});

test('the probe’s reason does not show it either', async () => {
  await using server = await startModelServer();
  server.scriptLists([{ status: 401, body: { error: { message: `no such key: ${MARKER_KEY}` } } }]);
  const probe = await probeModel(resolvedAt(server, 'compatible'), { signal: new AbortController().signal });
  expect(probe).toMatchObject({ available: false });
  expect(JSON.stringify(probe)).not.toContain(MARKER_KEY);
});

test('printing a resolved model, a copy of it, or an opened model leaves the key out', async () => {
  await using server = await startModelServer();
  const resolved = resolvedAt(server, 'compatible');
  const printed = [resolved, { ...resolved }, Object.assign({}, resolved), openCodeModel(resolved)].map(
    (value) => `${inspect(value, { depth: Infinity })}${JSON.stringify(value)}`,
  );
  expect(printed.join('\n')).not.toContain(MARKER_KEY);
  expect(resolved.apiKey).toBe(MARKER_KEY);
});
