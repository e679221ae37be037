import type { DaytonaServer } from '@cloche/daytona-test-server';

export interface Asked {
  readonly status: number;
  readonly body: unknown;
}

/** Asks without the SDK, which repeats and rewords. */
export async function ask(
  server: Pick<DaytonaServer, 'apiUrl' | 'apiKey'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Asked> {
  const response = await fetch(new URL(path, server.apiUrl), {
    method,
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}
