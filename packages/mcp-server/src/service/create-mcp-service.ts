import { resolveLocale } from '@cloche/core';
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { RunRegistry } from '../runs/run-registry.ts';
import type { GenerationLimits } from '../generation/generation-limits.ts';
import { GENERATION_LIMITS } from '../generation/generation-limits.ts';
import { Generations } from '../generation/generations.ts';
import type { RunLimits } from '../runs/run-limits.ts';
import { RUN_LIMITS } from '../runs/run-limits.ts';
import type { ServerParts } from '../server/build-server.ts';
import { buildServer } from '../server/build-server.ts';
import { serverInstructions } from '../server/server-instructions.ts';
import type { SessionLimits } from '../sessions/session-limits.ts';
import { SESSION_LIMITS } from '../sessions/session-limits.ts';
import { SessionRegistry } from '../sessions/session-registry.ts';
import { executeCodeTool } from '../tools/execute-code.ts';
import { generateCodeTool } from '../tools/generate-code.ts';
import { manageSandboxTool } from '../tools/manage-sandbox.ts';
import { readOutputTool } from '../tools/read-output.ts';
import type { ServiceContext, WaitLimits } from '../tools/service-context.ts';
import { WAIT_LIMITS } from '../tools/service-context.ts';
import type { McpService, McpServiceOptions } from './mcp-service.ts';

/** What tests make shorter and smaller. */
export interface ServiceBounds {
  readonly runs?: Partial<RunLimits>;
  readonly sessions?: Partial<SessionLimits>;
  readonly generations?: Partial<GenerationLimits>;
  readonly waits?: Partial<WaitLimits>;
}

/** Starts nothing but a sweep of what processes that are gone left behind. */
export function createMcpService(options: McpServiceOptions, bounds: ServiceBounds = {}): McpService {
  const { runner, config, host, version } = options;
  // Compiled schemas win microseconds a message, and lose 4 ms of the first answer.
  z.config({ jitless: true });
  const runs = new RunRegistry({ runner, host, limits: { ...RUN_LIMITS, ...bounds.runs } });
  const sessions = new SessionRegistry({
    runner,
    logger: host.logger,
    limits: { ...SESSION_LIMITS, ...bounds.sessions },
  });
  const service: ServiceContext = {
    runner,
    config,
    logger: host.logger,
    locale: config.locale ?? resolveLocale(host.environment),
    runs,
    sessions,
    generations: new Generations({
      runner,
      config,
      environment: host.environment,
      runs,
      limits: { ...GENERATION_LIMITS, ...bounds.generations },
    }),
    waits: { ...WAIT_LIMITS, ...bounds.waits },
  };
  const parts: ServerParts = {
    service,
    // Clients and models remember the order: it never changes, and what is new comes last.
    tools: [
      executeCodeTool(service),
      readOutputTool(service),
      manageSandboxTool(service),
      generateCodeTool(service),
    ],
    instructions: serverInstructions(config),
    version,
  };
  return {
    serverFor: (caller): McpServer => buildServer(parts, caller),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([runs[Symbol.asyncDispose](), sessions[Symbol.asyncDispose]()]);
    },
  };
}
