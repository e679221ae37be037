import type {
  CreateSandbox,
  SandboxLabels,
  ToolboxProxyUrl,
  UpdateSandboxNetworkSettings,
} from '@daytona/api-client';
import { answerJson, answerNothing } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Route } from '../http/route.ts';
import { ServiceError } from '../http/service-error.ts';
import type { ControlOperation } from '../operation.ts';
import { readBody } from './read-body.ts';
import { checkInterval } from '../sandboxes/check-create-sandbox.ts';
import { describeSandbox } from '../sandboxes/describe-sandbox.ts';
import type { SandboxSurroundings } from '../sandboxes/describe-sandbox.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import { listSandboxes } from '../sandboxes/list-sandboxes.ts';
import type { SandboxRegistry } from '../sandboxes/sandbox-registry.ts';

type SandboxHandler = (
  sandbox: HostedSandbox,
  exchange: Exchange,
) => Answer | undefined | Promise<Answer | undefined>;

const WRITE = 'write:sandboxes';
const DELETE = 'delete:sandboxes';

export function sandboxRoutes(registry: SandboxRegistry, surroundings: SandboxSurroundings): Route[] {
  /** A route to one sandbox, which answers with the sandbox unless its handler has another answer. */
  const toOne = (
    operation: ControlOperation,
    method: string,
    suffix: string,
    permission: string | null,
    handler: SandboxHandler,
  ): Route => ({
    operation,
    method,
    pattern: `/api/sandbox/:idOrName${suffix}`,
    permission,
    async handle(exchange) {
      const sandbox = registry.find(exchange.parameters['idOrName'] ?? '');
      const answer = await handler(sandbox, exchange);
      return answer ?? answerJson(describeSandbox(sandbox, surroundings));
    },
  });
  return [
    {
      operation: 'createSandbox',
      method: 'POST',
      pattern: '/api/sandbox',
      permission: WRITE,
      async handle(exchange) {
        const sandbox = await registry.create(await readBody<CreateSandbox>(exchange));
        return answerJson(describeSandbox(sandbox, surroundings));
      },
    },
    {
      operation: 'listSandboxes',
      method: 'GET',
      pattern: '/api/sandbox',
      permission: null,
      handle: ({ query }) => answerJson(listSandboxes(registry.all, query, surroundings)),
    },
    toOne('getSandbox', 'GET', '', null, () => undefined),
    toOne('deleteSandbox', 'DELETE', '', DELETE, (sandbox) => {
      registry.delete(sandbox);
      return undefined;
    }),
    toOne('startSandbox', 'POST', '/start', WRITE, async (sandbox) => {
      await registry.start(sandbox);
      return undefined;
    }),
    toOne('stopSandbox', 'POST', '/stop', WRITE, async (sandbox) => {
      await registry.stop(sandbox);
      return undefined;
    }),
    toOne('replaceLabels', 'PUT', '/labels', WRITE, async (sandbox, exchange) => {
      const { labels } = await readBody<SandboxLabels>(exchange);
      registry.update(sandbox, { labels });
      return undefined;
    }),
    toOne('setAutostopInterval', 'POST', '/autostop/:minutes', WRITE, (sandbox, exchange) => {
      const autoStopMinutes = minutesOf(exchange);
      checkInterval(autoStopMinutes, 'Auto-stop');
      registry.update(sandbox, { autoStopMinutes });
      return undefined;
    }),
    toOne('setAutoArchiveInterval', 'POST', '/autoarchive/:minutes', WRITE, (sandbox, exchange) => {
      const autoArchiveMinutes = minutesOf(exchange);
      checkInterval(autoArchiveMinutes, 'Auto-archive');
      registry.update(sandbox, { autoArchiveMinutes });
      return undefined;
    }),
    toOne('setAutoDeleteInterval', 'POST', '/autodelete/:minutes', WRITE, (sandbox, exchange) => {
      registry.update(sandbox, { autoDeleteMinutes: minutesOf(exchange) });
      return undefined;
    }),
    toOne('updateNetworkSettings', 'POST', '/network-settings', WRITE, async (sandbox, exchange) => {
      registry.update(sandbox, networkChanges(await readBody<UpdateSandboxNetworkSettings>(exchange)));
      return undefined;
    }),
    toOne('updateLastActivity', 'POST', '/last-activity', null, (sandbox) => {
      registry.noteActivity(sandbox);
      return answerNothing(201);
    }),
    toOne('getToolboxProxyUrl', 'GET', '/toolbox-proxy-url', null, () =>
      answerJson({ url: surroundings.toolboxProxyUrl } satisfies ToolboxProxyUrl),
    ),
  ];
}

function minutesOf(exchange: Exchange): number {
  const minutes = Number(exchange.parameters['minutes']);
  if (!Number.isInteger(minutes))
    throw new ServiceError(400, 'Validation failed (numeric string is expected)');
  return minutes;
}

/** A new list of what is allowed lifts the block, and a block clears the list. */
function networkChanges(settings: UpdateSandboxNetworkSettings): Partial<HostedSandbox> {
  const { networkBlockAll, networkAllowList, domainAllowList } = settings;
  const changes: Partial<HostedSandbox> = {};
  if (domainAllowList !== undefined) changes.domainAllowList = domainAllowList.trim() || null;
  if (networkBlockAll !== undefined) {
    changes.networkBlockAll = networkBlockAll;
    changes.networkAllowList = null;
  }
  if (networkAllowList !== undefined) {
    changes.networkAllowList = networkAllowList.trim() || null;
    if (changes.networkAllowList !== null) changes.networkBlockAll = false;
  }
  return changes;
}
