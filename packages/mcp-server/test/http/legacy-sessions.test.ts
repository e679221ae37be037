import { describe, expect, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS } from '../../src/http/http-limits.ts';
import { LegacySessions } from '../../src/http/legacy/legacy-sessions.ts';
import { createTestService } from './support/test-service.ts';

const { serverFor } = createTestService();

describe('the sessions of 2025-era clients', () => {
  test('are never more than a client may have, however many it opens at once', async () => {
    const sessions = new LegacySessions({ ...DEFAULT_HTTP_LIMITS, sessionsPerClient: 5 }, (principal) =>
      serverFor({ principal }),
    );
    const opened = await Promise.allSettled(Array.from({ length: 50 }, () => sessions.open('ada')));
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(sessions.size).toBe(5);
    await sessions.open('grace');
    expect(sessions.size).toBe(6);
    await sessions.endAll('The end.');
    expect(sessions.size).toBe(0);
  });

  test('have ids of 256 random bits', async () => {
    const sessions = new LegacySessions(DEFAULT_HTTP_LIMITS, (principal) => serverFor({ principal }));
    const ids = await Promise.all(Array.from({ length: 10 }, async () => (await sessions.open('ada')).id));
    expect(new Set(ids).size).toBe(10);
    expect(ids.every((id) => /^[\w-]{43}$/u.test(id))).toBe(true);
    await sessions.endAll('The end.');
  });

  test('are not kept where their server cannot be connected', async () => {
    const server = serverFor({ principal: 'ada' });
    const sessions = new LegacySessions(DEFAULT_HTTP_LIMITS, () => server);
    await sessions.open('ada');
    await expect(sessions.open('ada')).rejects.toThrow('connect');
    expect(sessions.size).toBe(1);
    await sessions.endAll('The end.');
  });
});
