import type { ClientCapabilities, McpServer, ServerContext } from '@modelcontextprotocol/server';
import { CLIENT_CAPABILITIES_META_KEY } from '@modelcontextprotocol/server';

interface Envelope {
  readonly [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities | undefined;
}

/** Whether the client lends its model: said with each request, or, by older ones, at the beginning. */
export function maySample(server: McpServer['server'], { mcpReq }: ServerContext): boolean {
  const capabilities =
    mcpReq.envelope === undefined
      ? // oxlint-disable-next-line typescript/no-deprecated -- older clients say it nowhere else
        server.getClientCapabilities()
      : (mcpReq.envelope as Envelope)[CLIENT_CAPABILITIES_META_KEY];
  return capabilities?.sampling !== undefined;
}
