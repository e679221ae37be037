import { randomBytes } from 'node:crypto';
import {
  acceptedContent,
  type CallToolResult,
  type ClientCapabilities,
  createRequestStateCodec,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type McpServer,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

const CLIENT_CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';

interface RequestEnvelope {
  readonly [CLIENT_CAPABILITIES]?: ClientCapabilities;
}

interface FlowState {
  readonly step: number;
}

/** One key for all servers of this process: each round reaches another one. */
export const stateCodec: RequestStateCodec<FlowState> = createRequestStateCodec<FlowState>({
  key: randomBytes(32),
});

const NAME = z.object({ name: z.string() });
const COLOR = z.object({ color: z.string() });
const CONFIRMATION = z.object({ ok: z.boolean() });
const CONTEXT = z.object({ context: z.string() });

type Answer = CallToolResult | InputRequiredResult;

/** What a tool does in one round of a call. */
type Round = (context: ServerContext) => Answer | Promise<Answer>;

const ROUNDS: Readonly<Record<string, Round>> = {
  test_input_required_result_elicitation: askName,
  test_streaming_elicitation: askName,
  test_input_required_result_sampling: (context) =>
    inputResponse(context.mcpReq.inputResponses, 'capital_question').kind === 'sampling'
      ? text('Thank you for the capital.')
      : inputRequired({ inputRequests: { capital_question: sampling('What is the capital of France?') } }),
  test_input_required_result_list_roots: (context) => {
    const roots = inputResponse(context.mcpReq.inputResponses, 'client_roots');
    if (roots.kind !== 'roots')
      return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    return text(roots.roots.map(({ uri }) => uri).join(', '));
  },
  test_input_required_result_request_state: confirm,
  test_input_required_result_tampered_state: confirm,
  test_input_required_result_multiple_inputs: async (context) => {
    if (context.mcpReq.inputResponses !== undefined) return text('All inputs arrived.');
    return inputRequired({
      inputRequests: {
        user_name: inputRequired.elicit({ message: 'What is your name?', requestedSchema: NAME }),
        greeting: sampling('Generate a greeting'),
        client_roots: inputRequired.listRoots(),
      },
      requestState: await stateCodec.mint({ step: 1 }, context),
    });
  },
  test_input_required_result_multi_round: async (context) => {
    const step = context.mcpReq.requestState<FlowState>()?.step ?? 0;
    if (step === 2) return text('All rounds done.');
    const question =
      step === 0
        ? { step1: inputRequired.elicit({ message: 'What is your name?', requestedSchema: NAME }) }
        : { step2: inputRequired.elicit({ message: 'What is your color?', requestedSchema: COLOR }) };
    return inputRequired({
      inputRequests: question,
      requestState: await stateCodec.mint({ step: step + 1 }, context),
    });
  },
  // The SDK refuses what a client without the capability would be asked.
  test_missing_capability: () => inputRequired({ inputRequests: { question: sampling('Say something') } }),
  test_input_required_result_capabilities: async (context) => {
    const { [CLIENT_CAPABILITIES]: capabilities } = (context.mcpReq.envelope ?? {}) as RequestEnvelope;
    return inputRequired({
      inputRequests: {
        ...(capabilities?.sampling && { question: sampling('Say something') }),
        ...(capabilities?.elicitation && {
          name: inputRequired.elicit({ message: 'What is your name?', requestedSchema: NAME }),
        }),
      },
      requestState: await stateCodec.mint({ step: 1 }, context),
    });
  },
};

/** Tools and a prompt that need an answer of the client before they can give theirs. */
export function registerInputRequired(server: McpServer): void {
  for (const [name, round] of Object.entries(ROUNDS)) {
    server.registerTool(name, { description: 'Asks the client before it answers.' }, (context) =>
      round(context),
    );
  }
  server.registerPrompt(
    'test_input_required_result_prompt',
    { description: 'Asks before it answers.' },
    (context) => {
      const given = acceptedContent(context.mcpReq.inputResponses, 'user_context', CONTEXT);
      if (given) return { messages: [{ role: 'user', content: { type: 'text', text: given.context } }] };
      return inputRequired({
        inputRequests: {
          user_context: inputRequired.elicit({
            message: 'What context should the prompt use?',
            requestedSchema: CONTEXT,
          }),
        },
      });
    },
  );
}

function askName(context: ServerContext): Answer {
  const given = acceptedContent(context.mcpReq.inputResponses, 'user_name', NAME);
  if (given) return text(`Hello, ${given.name}!`);
  return inputRequired({
    inputRequests: {
      user_name: inputRequired.elicit({ message: 'What is your name?', requestedSchema: NAME }),
    },
  });
}

async function confirm(context: ServerContext): Promise<Answer> {
  if (context.mcpReq.requestState<FlowState>()?.step === 1) return text('state-ok');
  return inputRequired({
    inputRequests: {
      confirm: inputRequired.elicit({ message: 'Please confirm', requestedSchema: CONFIRMATION }),
    },
    requestState: await stateCodec.mint({ step: 1 }, context),
  });
}

function sampling(question: string): ReturnType<typeof inputRequired.createMessage> {
  return inputRequired.createMessage({
    messages: [{ role: 'user', content: { type: 'text', text: question } }],
    maxTokens: 100,
  });
}

function text(value: string): CallToolResult {
  return { content: [{ type: 'text', text: value }] };
}
