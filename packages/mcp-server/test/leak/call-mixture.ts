import type { NamedClient } from '../support/every-client.ts';

type Call = (client: NamedClient, mark: string) => Promise<unknown>;

const python =
  (code: string): Call =>
  (client, mark) =>
    client.call('execute_code', { code, language: 'python', args: [mark] });

const small = python('print(6 * 7)');

/** Programs that end in every way, with output in memory and on the disk, and processes that they leave. */
const RUNS: readonly Call[] = [
  small,
  python("print('x' * 300_000)"),
  python("import sys; sys.exit('no')"),
  python("open('a.txt', 'w').write('y' * 2_000_000)"),
  python("import os, time\nif os.fork() == 0:\n  os.setsid()\n  time.sleep(600)\nprint('parent')"),
  cancelled,
  inSession,
];

/** What costs no program. */
const TRIFLES: readonly Call[] = [
  (client) => client.listTools(),
  (client) => client.call('manage_sandbox', { action: 'list' }),
  (client) => client.call('read_output', { run_id: 'f'.repeat(32) }),
  (client) => client.call('execute_code', { code: 1, language: 'cobol' }),
  (client) => client.call('manage_sandbox', { action: 'cancel' }),
  (client) => rejected(client.call('no_such_tool', {})),
];

async function cancelled(client: NamedClient, mark: string): Promise<void> {
  const given = { code: "import time; print('up', flush=True); time.sleep(600)", language: 'python' };
  const abort = new AbortController();
  const onprogress = (): void => abort.abort();
  await rejected(
    client.call('execute_code', { ...given, args: [mark] }, { signal: abort.signal, onprogress }),
  );
}

async function inSession(client: NamedClient, mark: string): Promise<void> {
  const given = { code: "open('kept.txt', 'w').write('z' * 100_000)", language: 'python', args: [mark] };
  const { structuredContent } = await client.call('execute_code', { ...given, session_id: 'new' });
  const sessionId = structuredContent?.['session_id'];
  const { isError } = await client.call('manage_sandbox', { action: 'close', session_id: sessionId });
  if (isError === true) throw new Error('The session was to be there, and to end.');
}

async function rejected(work: Promise<unknown>): Promise<void> {
  const [{ status }] = await Promise.allSettled([work]);
  if (status === 'fulfilled') throw new Error('It was to fail.');
}

export interface MixtureOptions {
  readonly trifles: number;
  readonly runs: number;
  /** An argument of every program. */
  readonly mark: string;
}

/** How many runs are kept of each principal, of whom there are two. */
export const KEPT_RUNS = 4;

/** Several at a time, by each client in turn; at last as many small runs as are kept, so that none has a file. */
export async function callMixture(
  clients: readonly NamedClient[],
  { trifles, runs, mark }: MixtureOptions,
): Promise<void> {
  await Promise.all([repeat(clients, TRIFLES, trifles, 8, mark), repeat(clients, RUNS, runs, 2, mark)]);
  await repeat(clients, [small], 2 * KEPT_RUNS, 1, mark);
}

async function repeat(
  clients: readonly NamedClient[],
  calls: readonly Call[],
  count: number,
  atOnce: number,
  mark: string,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const turn = next;
      next += 1;
      const client = clients[turn % clients.length];
      // Not in step with the clients, so that each makes every call.
      const call = calls[Math.floor(turn / clients.length) % calls.length];
      if (client !== undefined) await call?.(client, mark);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
