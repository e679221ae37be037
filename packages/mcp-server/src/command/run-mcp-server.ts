import type { LoadedConfig } from '@cloche/core';
import type { Writable } from 'node:stream';
import type { McpService } from '../service/mcp-service.ts';
import type { CommandSurroundings } from './command-surroundings.ts';
import { isolationBeyondLoopback } from './isolation-beyond-loopback.ts';
import { isLoopback } from './is-loopback.ts';
import { openHost } from './open-host.ts';
import { readConfig, withRunner } from './open-runner.ts';
import { takeStandardOutput } from './protocol-output.ts';
import type { ServerOptions } from './read-server-options.ts';
import { serveOverHttp } from './serve-over-http.ts';
import { ServerEnding } from './server-ending.ts';

/** Clients give a server that they end five seconds, and kill it then. */
const ENDING_MS = 4_800;

export interface McpServerRun {
  readonly options: ServerOptions;
  readonly surroundings: CommandSurroundings;
  /** Of the package, for the client. */
  readonly version: string;
}

/**
 * Serves until its client has gone or a signal ends it. The protocol's SDK is loaded here and not before.
 *
 * @returns the exit code
 * @throws ClocheError where it cannot start
 */
export async function runMcpServer({ options, surroundings, version }: McpServerRun): Promise<number> {
  const ending = new ServerEnding();
  const { http } = options;
  // Before anything is loaded that could print.
  const output = http === null ? takeStandardOutput(() => ending.clientGone()) : null;
  try {
    const loaded = await readServerConfig(options, surroundings);
    const serving = withRunner(surroundings, loaded, async (runner) => {
      const { createMcpService } = await import('../index.ts');
      await using service = createMcpService({
        runner,
        config: loaded.config,
        host: openHost(surroundings),
        version,
        transport: http === null ? 'stdio' : 'http',
      });
      if (http !== null) await serveOverHttp({ options: http, service, surroundings, ending });
      else if (output !== null) await serveOverStdio(service, output, surroundings, ending);
      // However it ended: what is still under way is given up.
      ending.clientGone();
    });
    return await withinTime(serving, ending, surroundings);
  } finally {
    ending.dispose();
  }
}

async function readServerConfig(
  { http, flags }: ServerOptions,
  surroundings: CommandSurroundings,
): Promise<LoadedConfig> {
  const loaded = await readConfig(surroundings, flags);
  return http === null || isLoopback(http.host)
    ? loaded
    : isolationBeyondLoopback(loaded, surroundings.messages);
}

async function serveOverStdio(
  service: McpService,
  stdout: Writable,
  { messages }: CommandSurroundings,
  { signal }: ServerEnding,
): Promise<void> {
  const { serveStdio } = await import('../index.ts');
  if (process.stdin.isTTY) {
    messages.note(
      {
        en: 'The MCP server waits for a client on standard input. Clients start it themselves; Ctrl-D ends it.',
        zh: 'MCP 服务器正在标准输入上等待客户端。客户端会自行启动它；按 Ctrl-D 结束。',
      },
      { en: 'To set a client up: cloche mcp install', zh: '配置客户端：cloche mcp install' },
    );
  }
  await serveStdio({ service, stdin: process.stdin, stdout, signal });
}

/** @returns the exit code: 1 where the end took so long that something may be left */
async function withinTime(
  serving: Promise<void>,
  ending: ServerEnding,
  { messages }: CommandSurroundings,
): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = ending.ended().then(
    () =>
      new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), ENDING_MS);
      }),
  );
  try {
    if ((await Promise.race([serving, late])) !== 'late') return 0;
  } finally {
    clearTimeout(timer);
  }
  messages.warning(
    {
      en: 'Not everything that ran could be ended in time.',
      zh: '部分运行未能及时结束。',
    },
    { en: 'Remove what it has left behind: cloche clean', zh: '清除遗留内容：cloche clean' },
  );
  return 1;
}
