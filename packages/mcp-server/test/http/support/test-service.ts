import { setTimeout as delay } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Caller, McpService } from '../../../src/service/mcp-service.ts';

const SLOW_MS = 30_000;
const STEP_MS = 20;

/** What the tools have noticed, by the name that a call gave itself. */
export interface TestService extends Pick<McpService, 'serverFor'> {
  readonly started: readonly string[];
  readonly aborted: readonly string[];
  readonly principals: ReadonlySet<string>;
}

const ECHO_INPUT = z.object({ text: z.string() });
const SLOW_INPUT = z.object({ name: z.string(), durationMs: z.number().default(SLOW_MS) });
const PROGRESS_INPUT = z.object({ label: z.string(), steps: z.number() });

/** Three small tools behind the interface of the real service. */
export function createTestService(): TestService {
  const started: string[] = [];
  const aborted: string[] = [];
  const principals = new Set<string>();

  const serverFor = ({ principal }: Caller): McpServer => {
    principals.add(principal);
    const server = new McpServer({ name: 'test', version: '1.0.0' });
    server.registerTool('echo', { inputSchema: ECHO_INPUT }, ({ text }) => answer(text));
    server.registerTool('who', {}, () => answer(principal));
    server.registerTool('slow', { inputSchema: SLOW_INPUT }, async ({ name, durationMs }, context) => {
      started.push(name);
      try {
        await delay(durationMs, undefined, { signal: context.mcpReq.signal });
      } catch (error) {
        aborted.push(name);
        throw error;
      }
      return answer('finished');
    });
    server.registerTool('progress', { inputSchema: PROGRESS_INPUT }, async ({ label, steps }, context) => {
      const { _meta: meta } = context.mcpReq;
      for (let step = 1; step <= steps; step += 1) {
        await context.mcpReq.notify({
          method: 'notifications/progress',
          params: { progressToken: meta?.progressToken ?? 0, progress: step, message: `${label} ${step}` },
        });
        await delay(STEP_MS);
      }
      return answer(label);
    });
    return server;
  };
  return { serverFor, started, aborted, principals };
}

function answer(text: string): { content: { type: 'text'; text: string }[] } {
  return { content: [{ type: 'text', text }] };
}
