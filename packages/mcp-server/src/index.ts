export { createMcpService } from './service/create-mcp-service.ts';
export type { ServiceBounds } from './service/create-mcp-service.ts';
export { createServer } from './service/create-server.ts';
export type { Caller, McpService, McpServiceOptions } from './service/mcp-service.ts';
export { serveStdio } from './stdio/serve-stdio.ts';
export type { ServeStdioOptions } from './stdio/serve-stdio.ts';
