import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountRoutes } from './control/account-routes.ts';
import { sandboxRoutes } from './control/sandbox-routes.ts';
import { snapshotLogRoute, snapshotRoutes } from './control/snapshot-routes.ts';
import type { DaytonaServer, DaytonaServerOptions, ServedSandbox } from './daytona-server.ts';
import { FaultBook } from './faults/fault-book.ts';
import { findDaytonaServerSupport } from './find-daytona-server-support.ts';
import { RequestLog } from './http/request-log.ts';
import type { Route } from './http/route.ts';
import { serve } from './http/serve.ts';
import { MachineHost } from './machine/machine-host.ts';
import type { HostedSandbox } from './sandboxes/hosted-sandbox.ts';
import { SandboxRegistry } from './sandboxes/sandbox-registry.ts';
import { SnapshotRegistry } from './snapshots/snapshot-registry.ts';
import { toolboxRoutes } from './toolbox/toolbox-routes.ts';

const DEFAULT_PERMISSIONS = [
  'write:sandboxes',
  'delete:sandboxes',
  'write:snapshots',
  'delete:snapshots',
] as const;
const DEFAULT_MINUTE_MS = 60_000;
const DEFAULT_BUILD_DURATION_MS = 1500;
const KEEP_ALIVE_MS = 120_000;

/**
 * Starts a server on a free port of loopback.
 *
 * @throws Error where sandboxes cannot be built on this computer: see `findDaytonaServerSupport`
 */
export async function startDaytonaServer(options: DaytonaServerOptions = {}): Promise<DaytonaServer> {
  const support = findDaytonaServerSupport();
  if (!support.available) throw new Error(support.reason);
  const machines = await MachineHost.open(options.hiddenPrograms ?? []);
  const snapshots = new SnapshotRegistry(options.buildDurationMs ?? DEFAULT_BUILD_DURATION_MS);
  const registry = new SandboxRegistry(machines, snapshots, {
    startDelayMs: options.startDelayMs ?? 0,
    minuteMs: options.minuteMs ?? DEFAULT_MINUTE_MS,
  });
  const apiKey = options.apiKey ?? `dtn_${randomBytes(18).toString('hex')}`;
  const permissions = options.permissions ?? DEFAULT_PERMISSIONS;
  const log = new RequestLog();
  const faults = new FaultBook();
  const routes: Route[] = [];
  const exchanges = new Set<Promise<void>>();
  const server = createServer((message, response) => {
    const exchange = serve({ routes, apiKey, permissions, log, faults }, message, response)
      .catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
        response.destroy();
      })
      .finally(() => exchanges.delete(exchange));
    exchanges.add(exchange);
  });
  // Longer than any test pauses: no request meets a connection that is just being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const origin = await listen(server);
  const toolboxProxyUrl = `${origin}/toolbox`;
  const surroundings = { toolboxProxyUrl, sandboxClass: options.sandboxClass ?? 'container' };
  routes.push(
    ...sandboxRoutes(registry, surroundings),
    ...accountRoutes({ apiKey, permissions, toolboxProxyUrl }),
    ...snapshotRoutes(snapshots, surroundings, `${origin}/logs`),
    snapshotLogRoute(snapshots),
    ...toolboxRoutes({ registry, snapshots, machines, holdsNetwork: options.holdsNetwork ?? true }),
  );
  return {
    apiUrl: `${origin}/api`,
    apiKey,
    get requests() {
      return log.requests;
    },
    forgetRequests: () => log.forget(),
    sandboxes: () => registry.all.map(describe),
    createSandbox: async (request) => describe(await registry.create(request)),
    loseSandbox: async (id) => registry.lose(registry.find(id)),
    inject: (fault) => faults.inject(fault),
    setNextSandboxStart: (start) => registry.setNextSandboxStart(start),
    setDeletion: (behaviour) => registry.setDeletion(behaviour),
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await snapshots[Symbol.asyncDispose]();
      await registry[Symbol.asyncDispose]();
      await Promise.all(exchanges);
      await machines[Symbol.asyncDispose]();
      await closed;
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function describe({ id, name, state, labels, snapshot, request }: HostedSandbox): ServedSandbox {
  return { id, name, state, labels, snapshot, request };
}
