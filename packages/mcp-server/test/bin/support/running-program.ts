import { StreamableHTTPClientTransport, Client } from '@modelcontextprotocol/client';
import type { PackedServer } from './packed-server.ts';
import type { ServerProcess } from './server-process.ts';
import { saidOnStderr, startServer } from './server-process.ts';

const INFO = { name: 'test', version: '1.0.0' };
const TOKEN = 'a-token-of-the-test-0123456789';

/** Ignores every polite signal, and starts a grandchild in a session of its own. Its arguments are on both. */
const STUBBORN = `
import os, signal, sys, time
for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(name, signal.SIG_IGN)
if os.fork() == 0: os.setsid()
open('made.txt', 'w').write('x')
while True: print('x' * 100_000, flush=True); time.sleep(0.2)
`;

export interface RunningProgram {
  readonly started: ServerProcess;
  /** The client is gone without a word. */
  vanish(): void;
}

export interface ProgramOptions {
  /** Stands in the command line of each of its processes. */
  readonly mark: string;
  readonly environment?: Readonly<Record<string, string>>;
}

type StartProgram = (server: PackedServer, options: ProgramOptions) => Promise<RunningProgram>;

/** A server of its own on each transport, with a program that does not end by itself. */
export const START_PROGRAM: Readonly<Record<'stdio' | 'HTTP', StartProgram>> = {
  stdio: async (server, { mark, environment }) => {
    const started = startServer(server, [], environment);
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: INFO };
    for (const message of [
      { id: 1, method: 'initialize', params },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: { name: 'execute_code', arguments: program(mark) } },
    ]) {
      started.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    }
    // What is read of a stream that was destroyed is no result.
    started.ended.catch(() => undefined);
    return {
      started,
      vanish: () => {
        started.child.stdin.destroy();
        started.child.stdout.destroy();
      },
    };
  },
  HTTP: async (server, { mark, environment }) => {
    const started = startServer(server, ['--http', '--port', '0'], {
      ...environment,
      CLOCHE_HTTP_TOKEN: TOKEN,
    });
    const url = await saidOnStderr(started, /(?<word>http:\S+)/u);
    const client = new Client(INFO, { versionNegotiation: { mode: 'auto' } });
    const headers = { Authorization: `Bearer ${TOKEN}` };
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    client.callTool({ name: 'execute_code', arguments: program(mark) }).catch(() => undefined);
    return { started, vanish: () => void client.close() };
  },
};

function program(mark: string): Record<string, unknown> {
  return { language: 'python', code: STUBBORN, args: [mark] };
}
