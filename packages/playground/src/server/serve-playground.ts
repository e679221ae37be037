import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ExecutorInspection } from './executors/executor-inspection.ts';
import type { ApiContext } from './http/api-context.ts';
import { EventStreams } from './http/event-streams.ts';
import { RequestRouter } from './http/request-router.ts';
import { listenError } from './listen-error.ts';
import { PageFiles } from './page/page-files.ts';
import type { PlaygroundLimits } from './playground-limits.ts';
import { DEFAULT_PLAYGROUND_LIMITS } from './playground-limits.ts';
import type { PlaygroundOptions } from './playground-options.ts';
import type { PlaygroundServing } from './playground-serving.ts';
import { RunReaders } from './runs/run-readers.ts';
import { RunRegistry } from './runs/run-registry.ts';
import { Proofs } from './sessions/proofs.ts';
import { Tickets } from './sessions/tickets.ts';
import { tokenKey } from './sessions/token-key.ts';
import { Tokens } from './sessions/tokens.ts';
import { PlaygroundConfig } from './settings/playground-config.ts';
import { RunnerPool } from './runners/runner-pool.ts';

const HOST = '127.0.0.1';
/** How long answers that are on their way have at the end of the server, before their connections are cut off. */
const LAST_ANSWERS_MS = 200;

/**
 * Serves the playground's page and its API on loopback.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` where the port is taken, the configuration is wrong, or the key that tokens are
 *   signed with cannot be kept
 */
export async function servePlayground(options: PlaygroundOptions): Promise<PlaygroundServing> {
  const limits: PlaygroundLimits = { ...DEFAULT_PLAYGROUND_LIMITS, ...options.limits };
  const { host, port = 0 } = options;
  const config = new PlaygroundConfig(options.configInput);
  // What is wrong with it is better told now than in the page.
  await config.load();
  const key = await tokenKey(host);
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    // Longer than a browser keeps one: none is closed under a request that is just being sent.
    keepAliveTimeout: 330_000,
    noDelay: true,
  });
  server.maxConnections = limits.connections;
  await listen(server, port);
  const address = server.address() as AddressInfo;

  const context: ApiContext = {
    limits,
    config,
    runners: new RunnerPool(options.openRunner, host.logger),
    registry: new RunRegistry(host, limits),
    readers: new RunReaders(limits),
    streams: new EventStreams(limits),
    inspection: new ExecutorInspection(limits.healthMs),
    generation: options.generation,
    tickets: new Tickets(),
  };
  const router = new RequestRouter({
    context,
    page: new PageFiles(options.pageDirectory ?? defaultPageDirectory()),
    tokens: new Tokens(key, address.port),
    proofs: new Proofs(key, address.port),
    port: address.port,
    version: options.version,
    locale: options.locale,
    logger: host.logger,
  });
  server.on('request', (request, response) => void router.handle(request, response));
  const url = `http://${HOST}:${address.port}/`;
  let closing: Promise<boolean> | null = null;
  return {
    url,
    port: address.port,
    address: () => `${url}#${context.tickets.issue()}`,
    wasOpened: (opened) => !context.tickets.isGood(new URL(opened).hash.slice(1)),
    close: () => {
      closing ??= close(server, context);
      return closing;
    },
  };
}

async function close(server: Server, { registry, runners, streams, limits }: ApiContext): Promise<boolean> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const deadline = new Promise<false>((resolve) => {
    setTimeout(() => resolve(false), limits.shutdownTimeoutMs).unref();
  });
  // Readers see the end of their runs first.
  const ended = registry.endAll().then(() => runners.close());
  const isInTime = await Promise.race([ended.then(() => true), deadline]);
  streams.close();
  server.closeIdleConnections();
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LAST_ANSWERS_MS))]);
  server.closeAllConnections();
  await closed;
  await registry.remove();
  return isInTime;
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, port);
  }
}

/** As it is built: in the package's own files, and from the sources in the same place. */
function defaultPageDirectory(): string {
  const isSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(isSource ? '../../dist/page' : './page', import.meta.url));
}
