import { describe, expect, test } from 'vitest';
import { startModelServer } from '../src/index.ts';
import type { ConnectionFault, FailureKind, StreamFault } from '../src/index.ts';
import { call, PROVIDERS } from './support/call.ts';

interface Arrived {
  readonly text: string;
  /** Whether the HTTP body came to its end. */
  readonly isWhole: boolean;
}

/** Reads until the end, the cut, or 100 ms of silence. */
async function arrivedOf(response: Response): Promise<Arrived> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  try {
    for (;;) {
      const read = await Promise.race([reader?.read(), silence()]);
      if (read === undefined) return { text, isWhole: false };
      if (read.done) return { text, isWhole: true };
      text += decoder.decode(read.value as Uint8Array, { stream: true });
    }
  } catch {
    return { text, isWhole: false };
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

function silence(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), 100);
  });
}

/** For each fault behind the first of two pieces: whether HTTP ends well, and whether the second piece arrives. */
const STREAM_FAULTS: readonly (readonly [StreamFault & string, boolean, boolean])[] = [
  ['cut', false, false],
  ['closed', false, false],
  ['unfinished', true, false],
  ['reset', false, false],
  ['silence', false, false],
  ['malformed event', true, true],
  ['wrong shape', true, true],
];

/** Failures that only some services have a status of their own for. */
const STATUSES: Readonly<Record<FailureKind, readonly number[]>> = {
  'bad key': [400, 401],
  'unknown model': [404],
  'no credit': [400, 403, 429],
  'rate limit': [429],
  'context too long': [400],
  overloaded: [503, 529],
  'server error': [500],
};

describe.each(PROVIDERS)('%s', (provider) => {
  test.each(STREAM_FAULTS)('%s behind the first piece', async (fault, isWhole, hasSecond) => {
    await using server = await startModelServer();
    server.script([{ text: ['first-piece', 'second-piece'], fault }]);
    const arrived = await arrivedOf(await call(server.baseUrls, provider));
    expect(arrived.text).toContain('"first-piece"');
    expect(arrived.isWhole).toBe(isWhole);
    expect(arrived.text.includes('"second-piece"')).toBe(hasSecond);
  });

  test('a failure in the middle is said in an event', async () => {
    await using server = await startModelServer();
    server.script([{ text: ['first-piece', 'second-piece'], fault: { failure: 'rate limit' } }]);
    const { text, isWhole } = await arrivedOf(await call(server.baseUrls, provider));
    expect([isWhole, text.includes('first-piece'), text.includes('second-piece')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(text).toMatch(/rate.?limit|RESOURCE_EXHAUSTED/iu);
  });

  test.each(Object.entries(STATUSES))(
    '%s has the service’s own status and words',
    async (failure, statuses) => {
      await using server = await startModelServer();
      server.script([{ failure: failure as FailureKind, retryAfterSeconds: 7 }]);
      const response = await call(server.baseUrls, provider);
      expect(statuses).toContain(response.status);
      expect(response.headers.get('retry-after')).toBe('7');
      expect(await response.json()).toHaveProperty('error.message', expect.stringMatching(/\w/u));
    },
  );
});

test.each([
  ['html', 200, 'text/html; charset=utf-8', true],
  ['nothing', 200, 'text/event-stream; charset=utf-8', true],
  ['silence after headers', 200, 'text/event-stream; charset=utf-8', false],
] as const)('%s in place of an answer', async (instead, status, contentType, isWhole) => {
  await using server = await startModelServer();
  server.script([{ instead }]);
  const response = await call(server.baseUrls, 'compatible');
  expect([response.status, response.headers.get('content-type')]).toEqual([status, contentType]);
  expect((await arrivedOf(response)).isWhole).toBe(isWhole);
});

test.each(['reset', 'silence'] satisfies ConnectionFault[])('%s before any answer', async (instead) => {
  await using server = await startModelServer();
  server.script([{ instead }]);
  const first = await Promise.race([
    call(server.baseUrls, 'compatible').then(
      () => 'answered',
      () => 'reset',
    ),
    silence().then(() => 'silence'),
  ]);
  expect(first).toBe(instead);
});

test('any status, body and header', async () => {
  await using server = await startModelServer();
  server.script([{ status: 307, headers: { location: 'http://127.0.0.1:1/' } }]);
  server.scriptLists([{ status: 418, body: { tea: true } }]);
  const redirect = await fetch(`${server.baseUrls.compatible}/chat/completions`, {
    method: 'POST',
    body: '{}',
    redirect: 'manual',
  });
  expect([redirect.status, redirect.headers.get('location')]).toEqual([307, 'http://127.0.0.1:1/']);
  const list = await fetch(`${server.baseUrls.compatible}/models`);
  expect([list.status, await list.json()]).toEqual([418, { tea: true }]);
});
