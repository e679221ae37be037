import { setTimeout as delay } from 'node:timers/promises';
import {
  type CallToolResult,
  type ElicitRequestFormParams,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { ENUM_FORM, DEFAULTS_FORM, USER_FORM } from './forms.ts';

const STEP_MS = 50;
const LOG_LINES = ['Tool execution started', 'Tool processing data', 'Tool execution completed'];

/** Tools that tell, or ask, the client something while they run. */
export function registerTalkingTools(server: McpServer): void {
  server.registerTool('test_tool_with_progress', { description: 'Reports progress.' }, async (context) => {
    const { _meta: meta } = context.mcpReq;
    const progressToken = meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        await context.mcpReq.notify({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 100, message: `Completed step ${progress} of 100` },
        });
      }
      await delay(STEP_MS);
    }
    return text(String(progressToken));
  });
  for (const name of ['test_tool_with_logging', 'test_logging_tool']) {
    server.registerTool(name, { description: 'Writes three lines to the log.' }, async (context) => {
      for (const line of LOG_LINES) {
        // oxlint-disable-next-line typescript/no-deprecated -- 2025-era clients have it, and so has the suite
        await context.mcpReq.log('info', line);
        await delay(STEP_MS);
      }
      return text('Tool with logging executed successfully');
    });
  }
  registerAskingTools(server);
}

function registerAskingTools(server: McpServer): void {
  server.registerTool(
    'test_sampling',
    { description: 'Asks the model of the client.', inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, context) => {
      const answer = await context.mcpReq.send({
        method: 'sampling/createMessage',
        params: { messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 100 },
      });
      const { content } = answer;
      return text(`LLM response: ${!Array.isArray(content) && content.type === 'text' ? content.text : ''}`);
    },
  );
  server.registerTool(
    'test_elicitation',
    { description: 'Asks the user.', inputSchema: z.object({ message: z.string() }) },
    ({ message }, context) => ask(context, 'User response', { message, requestedSchema: USER_FORM }),
  );
  server.registerTool(
    'test_elicitation_sep1034_defaults',
    { description: 'Asks with defaults.' },
    (context) =>
      ask(context, 'Elicitation completed', {
        message: 'Please review the form',
        requestedSchema: DEFAULTS_FORM,
      }),
  );
  server.registerTool('test_elicitation_sep1330_enums', { description: 'Asks with choices.' }, (context) =>
    ask(context, 'Elicitation completed', { message: 'Please choose', requestedSchema: ENUM_FORM }),
  );
}

async function ask(
  context: ServerContext,
  heading: string,
  params: ElicitRequestFormParams,
): Promise<CallToolResult> {
  const { action, content } = await context.mcpReq.send({ method: 'elicitation/create', params });
  return text(`${heading}: action=${action}, content=${JSON.stringify(content ?? {})}`);
}

function text(value: string): CallToolResult {
  return { content: [{ type: 'text', text: value }] };
}
