import { McpServer } from '@modelcontextprotocol/server';
import { registerContentTools } from './register-content-tools.ts';
import { registerInputRequired, stateCodec } from './register-input-required.ts';
import { registerPrompts } from './register-prompts.ts';
import { registerResources } from './register-resources.ts';
import { registerTalkingTools } from './register-talking-tools.ts';

/** A server with everything that the scenarios of the conformance suite call by name. */
export function conformanceServer(): McpServer {
  const server = new McpServer(
    { name: 'cloche-conformance', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: false },
        prompts: { listChanged: false },
        resources: { subscribe: true, listChanged: false },
        logging: {},
        completions: {},
      },
      requestState: { verify: (state, context) => stateCodec.verify(state, context) },
    },
  );
  registerContentTools(server);
  registerTalkingTools(server);
  registerInputRequired(server);
  registerResources(server);
  registerPrompts(server);
  return server;
}
