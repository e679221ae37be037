import type { CallToolResult, InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import { listRunResources, RUN_RESOURCE_TEMPLATES } from '../resources/list-run-resources.ts';
import { readRunResource } from '../resources/read-run-resource.ts';
import { parseRunUri } from '../resources/run-uri.ts';
import { clipText } from '../results/clip-text.ts';
import { maySample } from '../sampling/may-sample.ts';
import type { Caller } from '../service/mcp-service.ts';
import type { ServiceContext } from '../tools/service-context.ts';
import { toolError } from '../tools/tool-error.ts';
import type { ServedTool } from '../tools/tool.ts';
import { unusedValidator } from './unused-validator.ts';

/** The first revision whose clients know links to resources in a tool's result. */
const FIRST_WITH_LINKS = '2025-06-18';
const NAME_CHARACTERS = 100;
const HOUR_MS = 3_600_000;

export interface ServerParts {
  readonly service: ServiceContext;
  /** In the order in which they are listed. */
  readonly tools: readonly ServedTool[];
  readonly instructions: string;
  readonly version: string;
}

/**
 * A server of the SDK for one caller. Over HTTP one is built for each request, so everything that can be made once
 * is made before: the list of tools is not assembled, and no schema is converted, here.
 */
export function buildServer(
  { service, tools, instructions, version }: ServerParts,
  caller: Caller,
): McpServer {
  const { principal } = caller;
  const { runs, locale, logger } = service;
  const mcp = new McpServer(
    { name: 'cloche', title: 'Cloche', version },
    {
      // The tools never change, and nobody is told of each new run.
      capabilities: { tools: { listChanged: false }, resources: { listChanged: false } },
      instructions,
      jsonSchemaValidator: unusedValidator,
      cacheHints: {
        // They change with the configuration alone, and that with a new process.
        'tools/list': { ttlMs: HOUR_MS, cacheScope: 'private' },
        'resources/templates/list': { ttlMs: HOUR_MS, cacheScope: 'private' },
        'server/discover': { ttlMs: HOUR_MS, cacheScope: 'private' },
      },
    },
  );
  const { server } = mcp;
  // Clients on version 1 of the SDK take a cancellation of their request 0 for none at all: the first is 1.
  Object.assign(server, { _requestMessageId: 1 });
  server.setRequestHandler('tools/list', () => ({ tools: tools.map(({ definition }) => definition()) }));
  server.setRequestHandler(
    'tools/call',
    async ({ params }, context: ServerContext): Promise<CallToolResult | InputRequiredResult> => {
      const tool = tools.find(({ name }) => name === params.name);
      if (tool === undefined) {
        const name = clipText(params.name, NAME_CHARACTERS);
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${JSON.stringify(name)}`);
      }
      const answer = { locale, mayLink: mayLink(server, context) };
      try {
        return await tool.call({
          arguments: params.arguments,
          principal,
          context,
          answer,
          maySample: maySample(server, context),
        });
      } catch (error) {
        return toolError(error, locale, logger);
      }
    },
  );
  server.setRequestHandler('resources/list', () => listRunResources(runs.list(principal)));
  server.setRequestHandler('resources/templates/list', () => RUN_RESOURCE_TEMPLATES);
  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const address = parseRunUri(uri);
    const run = runs.list(principal).find(({ id }) => id === address?.runId);
    if (address === null || run === undefined)
      throw new ResourceNotFoundError(clipText(uri, NAME_CHARACTERS));
    const release = run.use();
    try {
      return await readRunResource(run, address, uri, locale);
    } finally {
      release();
    }
  });
  return mcp;
}

function mayLink(server: McpServer['server'], { mcpReq }: ServerContext): boolean {
  if (mcpReq.envelope !== undefined) return true;
  // oxlint-disable-next-line typescript/no-deprecated -- the one place that knows what an older client said at its beginning
  return (server.getNegotiatedProtocolVersion() ?? '') >= FIRST_WITH_LINKS;
}
