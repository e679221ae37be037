import { describe, expect, test } from 'vitest';
import { mapDaytonaError } from '../../src/service/map-daytona-error.ts';
import { apiError } from '../../src/service/service-error.ts';
import type { FailureKind } from '../../src/service/service-failure.ts';

const KEY = 'dtn_a_secret_that_nobody_may_see';

class DaytonaConnectionError extends Error {
  override readonly name = 'DaytonaConnectionError';
}

function answered(statusCode: number, message: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { statusCode, headers });
}

describe('every failure has a kind and a hint', () => {
  const cases: readonly (readonly [string, unknown, FailureKind])[] = [
    ['a bad key', answered(401, 'Invalid credentials'), 'key'],
    ['no permission', answered(403, 'Access denied'), 'permission'],
    ['a suspended organization', answered(403, 'Organization is suspended: Depleted credits'), 'balance'],
    ['no payment', answered(402, 'Payment required'), 'balance'],
    ['a limit', answered(400, 'Total CPU limit exceeded. Maximum allowed: 10.'), 'quota'],
    ['a bad request', answered(400, 'Snapshot x not found'), 'request'],
    ['nothing there', answered(404, 'Sandbox with ID or name x not found'), 'missing'],
    ['a change under way', answered(409, 'Sandbox state change in progress'), 'conflict'],
    ['too many requests', answered(429, 'Rate limit exceeded'), 'rate'],
    ['a broken service', answered(500, 'Internal server error'), 'server'],
    [
      'a gateway',
      answered(502, 'bad request: failed to resolve container IP: no IP address found'),
      'server',
    ],
    ['a page of a gateway', answered(503, '<html><body>Sorry</body></html>'), 'server'],
    ['a page instead of an answer', answered(404, '<!DOCTYPE html><html>'), 'address'],
    ['a time-out of the service', answered(408, 'command execution timeout'), 'silence'],
    ['no connection', new DaytonaConnectionError('connect ECONNREFUSED 127.0.0.1:1'), 'network'],
    [
      'an answer of another kind',
      Object.assign(new Error('Required parameter'), { name: 'RequiredError' }),
      'address',
    ],
    ['null', new TypeError("Cannot read properties of null (reading 'id')"), 'address'],
  ];

  for (const [name, error, kind] of cases) {
    test(name, () => {
      const failure = mapDaytonaError(error, KEY);
      expect(failure.kind).toBe(kind);
      const told = apiError(failure);
      expect(told.text.message.en).toMatch(/^Daytona API error: ./u);
      expect(told.text.message.zh).toMatch(/^Daytona API错误: ./u);
      expect(told.text.hint?.zh).toMatch(/[\u4e00-\u9fff]/u);
    });
  }
});

test('the key is in no message, whoever repeats it', () => {
  const failure = mapDaytonaError(answered(401, `The key ${KEY} is not valid`), KEY);
  expect(failure.message).toBe('The key … is not valid (HTTP 401)');
  expect(JSON.stringify(apiError(failure).toJSON())).not.toContain(KEY);
});

test('a wait that is asked for is found under each of its names', () => {
  const waitOf = (headers: Record<string, string>): number | null =>
    mapDaytonaError(answered(429, 'x', headers), null).retryAfterMs;
  expect(waitOf({ 'retry-after': '3' })).toBe(3000);
  expect(waitOf({ 'retry-after-sandbox-create': '7', 'x-ratelimit-reset': '9' })).toBe(7000);
  expect(waitOf({})).toBeNull();
  const inTenSeconds = waitOf({ 'Retry-After': new Date(Date.now() + 10_000).toUTCString() });
  expect(inTenSeconds).toBeGreaterThan(7000);
  expect(inTenSeconds).toBeLessThanOrEqual(10_000);
});

test('what was refused or never sent cannot have had an effect; anything else may have', () => {
  const hadNone = (error: unknown): boolean => mapDaytonaError(error, null).hadNoEffect;
  expect(hadNone(answered(429, 'x'))).toBe(true);
  expect(hadNone(answered(401, 'x'))).toBe(true);
  expect(hadNone(new DaytonaConnectionError('connect ECONNREFUSED 127.0.0.1:1'))).toBe(true);
  expect(hadNone(new DaytonaConnectionError('socket hang up'))).toBe(false);
  expect(hadNone(answered(500, 'x'))).toBe(false);
  expect(hadNone(answered(400, 'Sandbox failed to start: no runner'))).toBe(false);
});

test('a page of markup is not repeated, and a long message is cut', () => {
  expect(mapDaytonaError(answered(404, `<html>${'x'.repeat(5000)}`), null).message.length).toBeLessThan(100);
  expect(mapDaytonaError(answered(500, 'y'.repeat(5000)), null).message.length).toBeLessThan(330);
});
