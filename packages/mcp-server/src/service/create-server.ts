import type { McpServer } from '@modelcontextprotocol/server';
import type { Caller, McpService } from './mcp-service.ts';

/** Whoever starts the server and talks to it over a connection of their own. */
export const LOCAL_CALLER: Caller = { principal: 'local' };

/** A server for one connection, to be connected to any transport of the SDK. */
export function createServer(service: McpService, caller: Caller = LOCAL_CALLER): McpServer {
  return service.serverFor(caller);
}
