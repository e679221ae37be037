import type { CreateSnapshot, PaginatedSnapshots, SnapshotDto, Url } from '@daytona/api-client';
import { answerJson, answerNothing } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Route } from '../http/route.ts';
import { ServiceError } from '../http/service-error.ts';
import type { SandboxSurroundings } from '../sandboxes/describe-sandbox.ts';
import type { WithNulls } from '../sandboxes/with-nulls.ts';
import { describeSnapshot } from '../snapshots/describe-snapshot.ts';
import { followBuildLog } from '../snapshots/follow-build-log.ts';
import type { HostedSnapshot } from '../snapshots/hosted-snapshot.ts';
import type { SnapshotRegistry } from '../snapshots/snapshot-registry.ts';
import { readBody } from './read-body.ts';

const DEFAULT_PAGE_SIZE = 100;

interface SnapshotPage extends Omit<PaginatedSnapshots, 'items'> {
  readonly items: WithNulls<SnapshotDto>[];
}

/** @param logsUrl where the logs of builds are, a snapshot's identifier follows it */
export function snapshotRoutes(
  registry: SnapshotRegistry,
  surroundings: SandboxSurroundings,
  logsUrl: string,
): Route[] {
  const describe = (snapshot: HostedSnapshot): Answer => answerJson(describeSnapshot(snapshot, surroundings));
  const findIn = ({ parameters }: Exchange): HostedSnapshot => registry.find(parameters['idOrName'] ?? '');
  return [
    {
      operation: 'createSnapshot',
      method: 'POST',
      pattern: '/api/snapshots',
      permission: 'write:snapshots',
      handle: async (exchange) => describe(registry.create(await readBody<CreateSnapshot>(exchange))),
    },
    {
      operation: 'getAllSnapshots',
      method: 'GET',
      pattern: '/api/snapshots',
      permission: null,
      handle: ({ query }) => answerJson(pageOf(registry.all, query, surroundings)),
    },
    {
      operation: 'getSnapshot',
      method: 'GET',
      pattern: '/api/snapshots/:idOrName',
      permission: null,
      handle: (exchange) => describe(findIn(exchange)),
    },
    {
      operation: 'removeSnapshot',
      method: 'DELETE',
      pattern: '/api/snapshots/:idOrName',
      permission: 'delete:snapshots',
      handle(exchange) {
        registry.remove(findIn(exchange).id);
        return answerNothing(200);
      },
    },
    {
      operation: 'getSnapshotBuildLogsUrl',
      method: 'GET',
      pattern: '/api/snapshots/:idOrName/build-logs-url',
      permission: null,
      handle(exchange) {
        const snapshot = findIn(exchange);
        if (!snapshot.request.buildInfo) {
          throw new ServiceError(404, `Snapshot ${snapshot.id} has no build info`);
        }
        return answerJson({ url: `${logsUrl}/${snapshot.id}` } satisfies Url);
      },
    },
  ];
}

/** The log itself is not part of the control API: it comes from the proxy. */
export function snapshotLogRoute(registry: SnapshotRegistry): Route {
  return {
    operation: 'streamSnapshotBuildLogs',
    method: 'GET',
    pattern: '/logs/:idOrName',
    permission: null,
    handle({ parameters, query }) {
      const snapshot = registry.find(parameters['idOrName'] ?? '');
      const stream = followBuildLog(snapshot, query.get('follow') === 'true');
      return { status: 200, body: { kind: 'stream', stream, contentType: 'application/octet-stream' } };
    },
  };
}

function pageOf(
  snapshots: readonly HostedSnapshot[],
  query: URLSearchParams,
  surroundings: SandboxSurroundings,
): SnapshotPage {
  const name = query.get('name');
  const page = Number(query.get('page') ?? 1);
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE_SIZE);
  const matches = snapshots.filter((snapshot) => name === null || snapshot.name.includes(name));
  return {
    items: matches
      .slice((page - 1) * limit, page * limit)
      .map((snapshot) => describeSnapshot(snapshot, surroundings)),
    total: matches.length,
    page,
    totalPages: Math.ceil(matches.length / limit),
  };
}
