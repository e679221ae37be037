import { Daytona } from '@daytonaio/sdk';
import { findDaytonaServerSupport, startDaytonaServer } from '@cloche/daytona-test-server';
import type { DaytonaServer, DaytonaServerOptions } from '@cloche/daytona-test-server';
import type { TestContext } from 'vitest';

export interface ServedTest extends AsyncDisposable {
  readonly server: DaytonaServer;
  readonly daytona: Daytona;
}

/** A server of the test's own, or a skip with the reason. */
export async function withServer(
  context: TestContext,
  options: DaytonaServerOptions = {},
): Promise<ServedTest> {
  const support = findDaytonaServerSupport();
  if (!support.available) context.skip(support.reason);
  const server = await startDaytonaServer(options);
  return {
    server,
    daytona: clientOf(server),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export function clientOf({ apiKey, apiUrl }: Pick<DaytonaServer, 'apiKey' | 'apiUrl'>): Daytona {
  return new Daytona({ apiKey, apiUrl, target: 'us', requestTimeoutMs: 10_000 });
}
