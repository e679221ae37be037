import type { CallToolResult } from '@modelcontextprotocol/server';
import { reportProgress } from '../progress/progress-reporter.ts';
import { runAnswer } from '../results/run-answer.ts';
import type { ExecuteCodeInput } from './execute-code-input.ts';
import { executeCodeSchema } from './execute-code-input.ts';
import { executionRequest } from './execute-code-request.ts';
import { inputSchema } from './input-schema.ts';
import { madeOnce } from './made-once.ts';
import { mayLackSandbox } from './may-lack-sandbox.ts';
import { networkRefused } from './network-refused.ts';
import { RUN_OUTPUT_SCHEMA } from './output-schema.ts';
import { parseArguments } from './parse-arguments.ts';
import type { ServiceContext } from './service-context.ts';
import { NEW_SESSION, sessionFor } from './session-for.ts';
import type { ServedTool, ToolCall } from './tool.ts';
import { waitFor } from '../waiting/wait-for.ts';

export function executeCodeTool(service: ServiceContext): ServedTool {
  const { config, runs, sessions, waits } = service;
  const schema = madeOnce(() => executeCodeSchema(config));
  const hasNetwork = config.network === 'full';

  return {
    name: 'execute_code',
    definition: madeOnce(() => ({
      name: 'execute_code',
      description: `Run a program in a fresh sandbox${hasNetwork ? '' : ' without network'} and get its output, exit code and the files it wrote. Standard libraries only. Files stay only in a session, until 30 minutes after its last run. After 45 s: status "running", go on with read_output.`,
      inputSchema: inputSchema(schema()),
      outputSchema: RUN_OUTPUT_SCHEMA,
      annotations: {
        title: 'Run code',
        readOnlyHint: false,
        destructiveHint: mayLackSandbox(config),
        openWorldHint: hasNetwork,
      },
    })),
    async call({ arguments: given, principal, context, answer }: ToolCall): Promise<CallToolResult> {
      const input = parseArguments<ExecuteCodeInput>(
        schema(),
        'execute_code',
        hasNetwork ? given : withoutNetwork(given),
      );
      const request = executionRequest(input, config);
      const session = sessionFor(sessions, input.session_id, principal);
      const run = runs.start(principal, request, session);
      const release = run.use();
      const { signal } = context.mcpReq;
      const cancel = (): void => run.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      const endProgress = reportProgress(run, context);
      try {
        const ending = await waitFor(runs.ended(run), waits.answerWithinMs, signal);
        if (ending === 'aborted') cancel();
        const isUntold = ending === 'aborted' || run.failure !== null;
        // Nobody would ever come back to it.
        if (session !== null && isUntold && input.session_id === NEW_SESSION) await sessions.close(session);
        endProgress();
        if (run.failure === null) return await runAnswer(run, answer);
        // Nothing ran, so there is nothing to read.
        runs.forget(run);
        throw run.failure;
      } finally {
        // From here on the run is the client's by its run_id, and ends with a call no more.
        signal.removeEventListener('abort', cancel);
        endProgress();
        release();
      }
    },
  };
}

/** What the model is told that it cannot have is refused with the reason, and not as an unknown word. */
function withoutNetwork(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('network' in given)) return given;
  const { network, ...rest } = given;
  if (network === 'full') throw networkRefused();
  return network === 'none' ? rest : given;
}
