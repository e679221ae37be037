import type { GeneratorProvider } from '@cloche/core';
import { startModelServer } from '@cloche/model-test-server';
import type { FailureKind, ModelReply } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { failToWrite, PROVIDERS, resolvedAt } from './support/test-models.ts';

interface Expected {
  /** In the English and the Chinese message, and in the English and the Chinese hint. */
  readonly said: readonly [message: string, messageZh: string, hint: string, hintZh: string];
  readonly isRetryable: boolean;
  /** What had arrived before. */
  readonly text?: string;
}

/** What each service's own words for it come to. */
const REFUSALS: Readonly<Record<FailureKind, Expected>> = {
  'bad key': {
    said: [
      'refuses the key from generator.apiKey',
      '拒绝了 generator.apiKey 中的密钥',
      'Check the key',
      '请检查',
    ],
    isRetryable: false,
  },
  'unknown model': {
    said: ['has no model test-model', '没有模型 test-model', 'Set generator.model', '请将 generator.model'],
    isRetryable: false,
  },
  'no credit': {
    said: ['is used up', '已用尽', 'plan and billing', '套餐和账单'],
    isRetryable: false,
  },
  'rate limit': {
    said: ['takes no more requests for now', '暂时不再接受请求', 'Try again in ', '重试'],
    isRetryable: true,
  },
  'context too long': {
    said: [
      'longer than test-model can read',
      '超出了 test-model 可读取的长度',
      'fewer or shorter files',
      '减少或缩短',
    ],
    isRetryable: false,
  },
  overloaded: { said: ['is overloaded', '已过载', 'Try again later', '稍后重试'], isRetryable: true },
  'server error': {
    said: ['failed (HTTP status 500)', '出现故障（HTTP 状态 500）', 'later', '稍后'],
    isRetryable: true,
  },
};

const CUT: Expected = {
  said: ['ended in the middle', '中途结束', 'Try again', '请重试'],
  isRetryable: true,
};
const MALFORMED: Expected = {
  said: [
    'not an answer as ',
    '不符合',
    'CLOCHE_GENERATOR_BASE_URL speaks the API',
    '请检查 CLOCHE_GENERATOR_BASE_URL',
  ],
  isRetryable: true,
};
const NO_API: Expected = {
  said: [
    'is not the API of a model',
    '不是模型 API',
    'CLOCHE_GENERATOR_BASE_URL',
    'CLOCHE_GENERATOR_BASE_URL',
  ],
  isRetryable: false,
};

const BEGUN = { text: ['begun ', 'and not ended'], piecesBeforeFault: 1 } as const;

/** What happens on the way, for every provider the same. */
const ACCIDENTS: readonly (readonly [string, ModelReply, Expected])[] = [
  ['cut in the middle of a chunk', { ...BEGUN, fault: 'cut' }, { ...CUT, text: 'begun ' }],
  ['cut in the middle of a character', { ...BEGUN, fault: 'cut character' }, { ...CUT, text: 'begun ' }],
  ['closed between two events', { ...BEGUN, fault: 'closed' }, { ...CUT, text: 'begun ' }],
  [
    'ended well as HTTP, without the end of the answer',
    { ...BEGUN, fault: 'unfinished' },
    { ...CUT, text: 'begun ' },
  ],
  ['reset in the middle', { ...BEGUN, fault: 'reset' }, { ...CUT, text: 'begun ' }],
  ['an event that is no JSON', { ...BEGUN, fault: 'malformed event' }, MALFORMED],
  ['a stream without anything', { instead: 'nothing' }, CUT],
  [
    'reset before any answer',
    { instead: 'reset' },
    {
      said: ['was lost before it answered (ECONNRESET)', '应答前断开', 'Try again', '请重试'],
      isRetryable: true,
    },
  ],
  ['a page to log in', { instead: 'html' }, NO_API],
  ['another program’s 404', { status: 404, body: '404 page not found' }, NO_API],
  ['another method’s 405', { status: 405, body: 'Method Not Allowed' }, NO_API],
  [
    'the page of a gateway',
    { status: 502, body: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } },
    { said: ['failed (HTTP status 502)', 'HTTP 状态 502', 'later', '稍后'], isRetryable: true },
  ],
  [
    'a failure under the status 200',
    { status: 200, body: { error: { message: 'the GPU is gone' } } },
    {
      said: ['failed (HTTP status 200): “the GPU is gone”', '“the GPU is gone”', 'later', '稍后'],
      isRetryable: true,
    },
  ],
  [
    'a request that is refused for no known reason',
    { status: 422, body: { detail: 'seed: extra fields not permitted' } },
    {
      said: [
        'refuses the request (HTTP status 422): “seed: extra',
        '拒绝了请求',
        'cloche models',
        'cloche models',
      ],
      isRetryable: false,
    },
  ],
];

/** What a person is told where the service gives this reply. */
async function failureOf(provider: GeneratorProvider, reply: ModelReply): Promise<object> {
  await using server = await startModelServer();
  server.script([reply]);
  const { error, text } = await failToWrite(resolvedAt(server, provider));
  const { code, retryable, text: said } = error;
  return { code, retryable, ...said, arrived: text, calls: server.calls.length };
}

function failing({ said, isRetryable, text }: Expected): object {
  const [message, messageZh, hint, hintZh] = said.map((words): unknown => expect.stringContaining(words));
  return {
    code: 'ERR_GENERATOR_FAILED',
    retryable: isRetryable,
    message: { en: message, zh: messageZh },
    hint: { en: hint, zh: hintZh },
    ...(text !== undefined && { arrived: text }),
    calls: 1,
  };
}

describe.each(PROVIDERS)('%s', (provider) => {
  test.each(Object.entries(REFUSALS))('says no: %s', async (failure, expected) => {
    expect(await failureOf(provider, { failure: failure as FailureKind })).toMatchObject(failing(expected));
  });

  test.each(ACCIDENTS)('%s', async (_name, reply, expected) => {
    expect(await failureOf(provider, reply)).toMatchObject(failing(expected));
  });

  test('the service’s own event for a failure, in the middle of an answer', async () => {
    const reply: ModelReply = { ...BEGUN, fault: { failure: 'rate limit' } };
    const expected = failing({ ...REFUSALS['rate limit'], text: 'begun ' });
    expect(await failureOf(provider, reply)).toMatchObject(expected);
  });

  test('no status, for too long', async () => {
    await using server = await startModelServer();
    server.script([{ instead: 'silence' }]);
    const { error } = await failToWrite(resolvedAt(server, provider), { answerTimeoutMs: 60 });
    expect(error.message).toMatch(/took the request, and did not answer within \d+ s\./u);
    expect(error.localizedMessage('zh')).toContain('秒内没有应答');
    expect(error.retryable).toBe(true);
    await expect.poll(() => server.calls[0]?.isAborted).toBe(true);
  });

  test.each([
    ['behind the headers', { instead: 'silence after headers' }, ''],
    ['behind a piece', { ...BEGUN, fault: 'silence' }, 'begun '],
  ] as const)('nothing more, for too long: %s', async (_name, reply, text) => {
    await using server = await startModelServer();
    server.script([reply]);
    const failed = await failToWrite(resolvedAt(server, provider), { silenceTimeoutMs: 60 });
    expect(failed.error.message).toMatch(/began to answer, and then sent nothing for \d+ s\./u);
    expect(failed.error.localizedMessage('zh')).toContain('没有再发送任何内容');
    expect(failed.error.retryable).toBe(true);
    expect(failed.text).toBe(text);
    await expect.poll(() => server.calls[0]?.isAborted).toBe(true);
  });
});

test('a slow answer is none that is silent: each piece begins the time anew', async () => {
  await using server = await startModelServer();
  server.script([
    { text: ['a', 'b', 'c', 'd', 'e', 'f'], pieceDelayMs: 60, fault: 'reset', piecesBeforeFault: 6 },
  ]);
  const { error, text } = await failToWrite(resolvedAt(server, 'compatible'), { silenceTimeoutMs: 250 });
  expect([text, error.message.includes('ended in the middle')]).toEqual(['abcdef', true]);
});

test('google: the delay that stands in the body is named', async () => {
  await using server = await startModelServer();
  server.script([{ failure: 'rate limit' }]);
  const { error } = await failToWrite(resolvedAt(server, 'google'));
  expect([error.hint, error.localizedHint('zh')]).toEqual(['Try again in 34 s.', '请在 34 秒后重试。']);
});

test('an address that ends in the path of a call is said to', async () => {
  await using server = await startModelServer();
  const baseUrl = `${server.baseUrls.compatible}/chat/completions`;
  const { error } = await failToWrite(resolvedAt(server, 'compatible', { baseUrl: `${baseUrl}/` }));
  // The server takes any path that ends so for a call; what it refuses then is the script's end.
  expect(error.code).toBe('ERR_GENERATOR_FAILED');
  server.script([{ status: 404, body: 'no' }]);
  const second = await failToWrite(resolvedAt(server, 'compatible', { baseUrl }));
  expect(second.error.hint).toContain(
    `Leave out /chat/completions at its end: ${server.baseUrls.compatible}`,
  );
});

test('an address without a version is said to lack one', async () => {
  await using server = await startModelServer();
  server.script([{ status: 404, body: 'no' }]);
  const { error } = await failToWrite(resolvedAt(server, 'compatible', { baseUrl: server.url }));
  expect(error.hint).toBe(`Most services want a version at its end: ${server.url}/v1`);
});
