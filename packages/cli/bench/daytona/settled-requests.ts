import { setTimeout as pause } from 'node:timers/promises';
import type { DaytonaServer, Operation, RecordedRequest } from '@cloche/daytona-test-server';

const PATIENCE_MS = 10_000;

/** A request whose answer was sent. */
export interface SettledRequest {
  readonly operation: Operation;
  readonly durationMs: number;
}

/** What has been asked since the last look, once the server knows the end of it, which follows the answer. */
export async function takeSettledRequests(server: DaytonaServer): Promise<readonly SettledRequest[]> {
  const givenUpAtMs = performance.now() + PATIENCE_MS;
  while (server.requests.some(({ endedAtMs }) => endedAtMs === null)) {
    if (performance.now() > givenUpAtMs) throw new Error('A request has no end.');
    await pause(1);
  }
  const settled = server.requests.map(settle);
  server.forgetRequests();
  return settled;
}

function settle({ operation, startedAtMs, endedAtMs }: RecordedRequest): SettledRequest {
  return { operation, durationMs: (endedAtMs ?? startedAtMs) - startedAtMs };
}
