import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DaytonaServer, DaytonaServerOptions } from '@cloche/daytona-test-server';
import { findDaytonaServerSupport, startDaytonaServer } from '@cloche/daytona-test-server';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { CliResult } from './cli-process.ts';
import { runCli, startCli } from './cli-process.ts';
import { addDaytonaPlugin, copyPlugin, RegistryUnreachable } from './daytona-plugin.ts';
import { plant, temporaryDirectory } from './temporary-directory.ts';

const EXAMPLES = path.join(import.meta.dirname, '../../../../examples');

/** Writes down what the command loads of plugins, and whom it connects to. */
const spySource = (log: string): string => `
import net from 'node:net';
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
const note = (line) => appendFileSync(${JSON.stringify(log)}, line + '\\n');
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url.includes('/plugins/daytona/')) note('loaded ' + resolved.url);
    return resolved;
  },
});
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...given) {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  const { path, host, port } = typeof first === 'object' ? first : { port: first, host: second };
  note('connected ' + (path ? 'unix:' + path : (host ?? 'localhost') + ':' + port));
  return connect.apply(this, given);
};
`;

interface Given {
  /** The variables of the account; default: the server's key and address. */
  readonly account?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

export interface DaytonaEndToEnd {
  readonly directory: string;
  readonly server: DaytonaServer;
  /** How the executor was added. */
  readonly added: CliResult;
  /** Runs the command, on `daytona` where nothing else is said. */
  readonly cloche: (words: readonly string[], given?: Given) => Promise<CliResult>;
  readonly start: (words: readonly string[], given?: Given) => ChildProcessWithoutNullStreams;
  /** The modules of plugins that commands have loaded so far. */
  readonly loaded: () => string[];
  /** Whom commands have connected to so far. */
  readonly connected: () => string[];
  /** Waits until the server holds no sandbox. @returns the names of those that are left after `patienceMs` */
  readonly namesLeft: (patienceMs?: number) => Promise<string[]>;
}

/**
 * The real executor, added to the real command, and a server for it. For the tests of one file; called outside of every
 * test. Each test is skipped, with the reason, where that is impossible. After the tests no sandbox may be left, and no
 * command may have connected to another computer.
 */
export function daytonaEndToEnd(options: DaytonaServerOptions = {}): DaytonaEndToEnd {
  const directory = temporaryDirectory();
  const log = path.join(directory, 'spied.log');
  let server: DaytonaServer;
  let added: CliResult;
  let problem: string | null = null;

  const spied = (kind: string): string[] => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
    return lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  };

  beforeAll(async () => {
    const support = findDaytonaServerSupport();
    if (!support.available) {
      problem = support.reason;
      return;
    }
    try {
      const plugin = await addDaytonaPlugin();
      ({ added } = plugin);
      copyPlugin(plugin, directory);
    } catch (error) {
      if (!(error instanceof RegistryUnreachable)) throw error;
      problem = `Daytona's SDK could not be installed: ${error.message}`;
      return;
    }
    cpSync(EXAMPLES, path.join(directory, 'examples'), { recursive: true });
    plant(directory, 'spy.mjs', spySource(log));
    server = await startDaytonaServer(options);
  }, 300_000);

  beforeEach((context) => {
    context.skip(problem !== null, problem ?? '');
  });

  afterAll(async () => {
    if (problem !== null) return;
    const left = await namesLeft();
    await server[Symbol.asyncDispose]();
    if (left.length > 0) throw new Error(`sandboxes were left: ${left.join(', ')}`);
    const foreign = spied('connected').filter((target) => !isLocalConnection(target));
    if (foreign.length > 0) throw new Error(`commands have connected to ${foreign.join(', ')}`);
  });

  const base = {
    CLOCHE_EXECUTOR: 'daytona',
    CLOCHE_DOCKER_HOST: `unix://${directory}/absent.sock`,
    NODE_OPTIONS: `--import=${pathToFileURL(path.join(directory, 'spy.mjs')).href}`,
  };
  const optionsOf = (given: Given): Parameters<typeof runCli>[1] => ({
    directory,
    stdin: given.stdin ?? '',
    environment: {
      ...base,
      ...(given.account ?? { DAYTONA_API_KEY: server.apiKey, DAYTONA_API_URL: server.apiUrl }),
      ...given.environment,
    },
  });
  const namesLeft = async (patienceMs = 8000): Promise<string[]> => {
    const until = performance.now() + patienceMs;
    while (server.sandboxes().length > 0 && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 25));
    return server.sandboxes().map(({ name }) => name);
  };

  return {
    directory,
    get server() {
      return server;
    },
    get added() {
      return added;
    },
    cloche: (words, given = {}) => runCli(words, optionsOf(given)),
    start: (words, given = {}) => startCli(words, optionsOf(given)),
    loaded: () => spied('loaded'),
    connected: () => spied('connected'),
    namesLeft,
  };
}

function isLocalConnection(target: string): boolean {
  return target.startsWith('127.0.0.1:') || target.startsWith('unix:');
}
