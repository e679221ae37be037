import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { connectV1 } from './support/connect-clients.ts';
import { heapBytesInUse } from './support/heap-bytes-in-use.ts';
import { initializeLegacy, legacyCall, legacyHeaders } from './support/legacy-requests.ts';
import { modernCall } from './support/modern-call.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';

const CALLS = 2_000;
const WARM_UP_CALLS = 600;
const AT_ONCE = 32;
const HEAP_GROWTH_BYTES = 4 * 1024 * 1024;
/** The two ends of a connection that a client keeps for its next call, for each call at a time. */
const KEPT_HANDLES = 2 * AT_ONCE;
const GENEROUS = {
  requestBurstPerClient: 100_000,
  requestsPerSecondPerClient: 100_000,
  // None is closed under a call that has just begun.
  idleConnectionTimeoutMs: 120_000,
};

interface Resources {
  readonly handles: number;
  readonly listeners: number;
}

/** What the process holds. */
function resources(): Resources {
  const kinds = process
    .getActiveResourcesInfo()
    .filter((kind) => kind !== 'Immediate' && kind !== 'TickObject');
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  return { handles: kinds.length, listeners };
}

async function modern({ url, authorization }: TestServer, index: number): Promise<void> {
  const response = await fetch(url, modernCall(authorization, 'echo', { text: `${index}` }));
  await response.text();
}

async function abandoned({ url, authorization }: TestServer, index: number): Promise<void> {
  const controller = new AbortController();
  const call = modernCall(authorization, 'slow', { name: `${index}` });
  const calling = fetch(url, { ...call, signal: controller.signal }).catch(() => null);
  await delay(2);
  controller.abort();
  await calling;
}

async function wholeSession({ url, authorization }: TestServer, index: number): Promise<void> {
  const session = await initializeLegacy(url, authorization);
  await (await session.post(legacyCall(index, 'who'))).text();
  const headers = legacyHeaders(authorization, session.sessionId);
  await (await fetch(url, { method: 'DELETE', headers })).text();
}

async function repeat(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    while (next < count) {
      next += 1;
      await work(next);
    }
  });
  await Promise.all(lanes);
}

describe('2,000 calls', () => {
  test('leave nothing: handles, listeners, sessions, calls in flight and memory as before', async () => {
    const atFirst = resources();
    await callTwoThousandTimes();
    await vi.waitFor(() => expect(resources().handles).toBeLessThanOrEqual(atFirst.handles + 2), {
      timeout: 10_000,
      interval: 100,
    });
    expect(resources().listeners).toBe(atFirst.listeners);
  });
});

async function callTwoThousandTimes(): Promise<void> {
  await using server = await startTestServer({ limits: GENEROUS });
  await using legacy = await connectV1(server.url, server.authorization);
  const warnings: string[] = [];
  const onWarning = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', onWarning);
  const mixture = async (count: number): Promise<void> => {
    await repeat(count * 0.5, (index) => modern(server, index));
    await repeat(count * 0.1, (index) => abandoned(server, index));
    await repeat(count * 0.1, (index) => wholeSession(server, index));
    await repeat(count * 0.3, async (index) => {
      await legacy.client.callTool({ name: 'echo', arguments: { text: `${index}` } });
    });
  };
  // What is compiled and cached on the way is no leak.
  await mixture(WARM_UP_CALLS);
  const before = resources();
  const heapBefore = await heapBytesInUse();

  await mixture(CALLS);

  await vi.waitFor(
    () => {
      const { handles, listeners } = resources();
      expect(handles).toBeLessThanOrEqual(before.handles + KEPT_HANDLES);
      expect(listeners).toBe(before.listeners);
    },
    { timeout: 10_000, interval: 100 },
  );
  await vi.waitFor(() => expect(server.service.aborted).toHaveLength(server.service.started.length));
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  const growth = (await heapBytesInUse()) - heapBefore;
  expect(growth).toBeLessThan(HEAP_GROWTH_BYTES);
  // All of them are free again: every place can be taken at once.
  const calls = Array.from({ length: 64 }, (_, index) => modern(server, index));
  await expect(Promise.all(calls)).resolves.toHaveLength(64);
}
