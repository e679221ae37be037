import { describe, expect, test } from 'vitest';
import { processesWith, until } from '../support/processes.ts';
import type { StdioServer } from '../support/start-stdio-server.ts';
import { startStdioServer } from '../support/start-stdio-server.ts';
import type { TestClient } from '../support/test-client.ts';
import { connectClient, TEST_CLIENTS } from '../support/test-client.ts';

const ENDING_MS = 5_000;
const MODERN = TEST_CLIENTS[0];
/** Enough that its output is on the disk. */
const LONG_PROGRAM =
  "import os, time\nprint('x' * 200000, flush=True)\nif os.fork() == 0: os.setsid()\ntime.sleep(60)";

function clientOf({ child }: StdioServer): Promise<TestClient> {
  return connectClient(MODERN, child.stdout, child.stdin);
}

async function startRun(server: StdioServer, mark: string): Promise<void> {
  const client = await clientOf(server);
  client
    .call('execute_code', { code: LONG_PROGRAM, language: 'python', args: [mark] })
    .catch(() => undefined);
  await until(async () => (await processesWith(mark)).length > 0);
  await until(async () => (await server.spools()).length > 0);
}

const ENDINGS: Readonly<Record<string, (server: StdioServer) => void>> = {
  'its input ends': ({ child }) => child.stdin.end(),
  'SIGTERM comes': ({ child }) => child.kill('SIGTERM'),
  'its client vanishes': ({ child }) => {
    child.stdin.destroy();
    child.stdout.destroy();
  },
};

describe('a server of its own process', () => {
  test('keeps what libraries print out of the protocol', async () => {
    await using server = await startStdioServer();
    let errors = '';
    server.child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
    const client = await clientOf(server);
    const answer = await client.call('execute_code', {
      code: "import time; time.sleep(0.5); print('fine')",
      language: 'python',
    });
    expect(answer.structuredContent).toMatchObject({ stdout: 'fine\n' });
    expect(errors).toContain('printed by a library');
    expect(errors).toContain('written by a library');
  });

  test.each(Object.keys(ENDINGS))('when %s in the middle of a run, nothing is left in 5 s', async (name) => {
    await using server = await startStdioServer();
    const mark = `ending-${name.replaceAll(' ', '-')}`;
    await startRun(server, mark);
    const startedAtMs = performance.now();
    ENDINGS[name]?.(server);
    await server.exited;
    expect(performance.now() - startedAtMs).toBeLessThan(ENDING_MS);
    expect(await processesWith(mark)).toEqual([]);
    expect(await server.spools()).toEqual([]);
  });

  test('what runs on after its call ends with the server as well', async () => {
    await using server = await startStdioServer({ answerWithinMs: 300 });
    const mark = 'ending-of-a-long-run';
    const client = await clientOf(server);
    const answer = await client.call('execute_code', {
      code: LONG_PROGRAM,
      language: 'python',
      args: [mark],
    });
    expect(answer.structuredContent).toMatchObject({ status: 'running' });
    server.child.stdin.end();
    await server.exited;
    expect(await processesWith(mark)).toEqual([]);
    expect(await server.spools()).toEqual([]);
  });

  test('what a killed server left on the disk goes at the next start, and not what a living one has', async () => {
    await using killed = await startStdioServer();
    await startRun(killed, 'left-by-the-killed');
    killed.child.kill('SIGKILL');
    await killed.exited;
    const [left] = await killed.spools();
    await using living = await startStdioServer({ directory: killed.directory });
    await startRun(living, 'of-the-living');
    await until(async () => !(await living.spools()).includes(left ?? ''));
    const [own] = await living.spools();
    await using next = await startStdioServer({ directory: killed.directory });
    await clientOf(next);
    expect(await next.spools()).toEqual([own]);
    expect(own).not.toBe(left);
  });
});
