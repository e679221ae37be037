import type { AreaResult } from '../figure.ts';
import { measureCalls } from '../mcp/measure-calls.ts';
import { measureLoading } from '../mcp/measure-loading.ts';
import { measureStart } from '../mcp/measure-start.ts';
import { measureThroughput } from '../mcp/measure-throughput.ts';
import { ServerPackage } from '../mcp/server-package.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** The packed MCP server as `npx` starts it, beside Node.js alone and beside core inside this process. */
export function measure(): Promise<AreaResult> {
  return withTemporaryDirectory(measureIn);
}

async function measureIn(directory: string): Promise<AreaResult> {
  const server = ServerPackage.install(directory);
  const start = await measureStart(server);
  const loading = await measureLoading(server);
  const throughput = await measureThroughput(server);
  const calls = await measureCalls(server, directory);
  return {
    figures: [...start.figures, ...loading.figures, ...throughput.figures, ...calls.figures],
    skipped: [...start.skipped, ...loading.skipped, ...throughput.skipped, ...calls.skipped],
  };
}
