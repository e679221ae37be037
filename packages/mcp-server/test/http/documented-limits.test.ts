import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS as LIMITS } from '../../src/http/http-limits.ts';
import { SESSION_LIMITS } from '../../src/sessions/session-limits.ts';

const PAGE = readFileSync(path.join(import.meta.dirname, '../../../../docs/mcp.md'), 'utf8');
const MEBIBYTE = 1024 * 1024;

/** Of one client, and of all together, as the table's cells say them. */
const BOUNDS: Readonly<Record<string, readonly [string, string]>> = {
  'calls in flight': [String(LIMITS.callsPerClient), String(LIMITS.calls)],
  'requests a second, on average': [String(LIMITS.requestsPerSecondPerClient), ''],
  'requests at once, after a pause': [String(LIMITS.requestBurstPerClient), ''],
  'sessions of older revisions': [String(LIMITS.sessionsPerClient), String(LIMITS.sessions)],
  'sessions of `execute_code`': [String(SESSION_LIMITS.perPrincipal), String(SESSION_LIMITS.total)],
  'streams of `subscriptions/listen`': ['', String(LIMITS.subscriptions)],
  connections: ['', String(LIMITS.connections)],
  'size of a request': [`${LIMITS.bodyBytes / MEBIBYTE} MiB`, ''],
  'values in the JSON of a request': [LIMITS.bodyValues.toLocaleString('en'), ''],
  'messages in a batch of revision 2025-03-26': [String(LIMITS.batchRequests), ''],
  'headers of a request': [`${LIMITS.headersBytes / 1024} KiB`, ''],
};

test.each(Object.entries(BOUNDS))('docs/mcp.md says how much there is of: %s', (name, [one, all]) => {
  const row = PAGE.split('\n').find((line) => line.startsWith(`| ${name} `));
  const cells = row?.split('|').map((cell) => cell.trim());
  expect(cells?.slice(2, 4)).toEqual([one, all]);
});

test('docs/mcp.md says how long an idle session lives, and how large a body the proxy lets through', () => {
  expect(PAGE).toContain(`idle for ${LIMITS.sessionIdleTimeoutMs / 60_000} minutes`);
  expect(PAGE).toContain(`client_max_body_size ${LIMITS.bodyBytes / MEBIBYTE}m;`);
});

test('docs/mcp.md says how slow a client may be, and how long a session of programs lives', () => {
  const seconds = (limit: 'headersTimeoutMs' | 'requestTimeoutMs' | 'unreadAnswerTimeoutMs'): number =>
    LIMITS[limit] / 1_000;
  expect(PAGE).toContain(`have ${seconds('headersTimeoutMs')} seconds to arrive`);
  expect(PAGE).toContain(`all of it has ${seconds('requestTimeoutMs')};`);
  expect(PAGE).toContain(`nothing is read for ${seconds('unreadAnswerTimeoutMs')} seconds`);
  expect(PAGE).toContain(`until ${SESSION_LIMITS.idleMs / 60_000} minutes after its last run`);
});
