import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { attendGeneration } from '../generation/attend-generation.ts';
import { generationAnswer } from '../generation/generation-answer.ts';
import { withWayOut } from '../generation/generation-errors.ts';
import { GenerationRun } from '../generation/generation-run.ts';
import { reportProgress } from '../progress/progress-reporter.ts';
import { runNotFound } from '../runs/run-not-found.ts';
import { roundOf } from '../sampling/question-round.ts';
import type { GenerateCodeInput } from './generate-code-input.ts';
import { generateCodeSchema } from './generate-code-input.ts';
import { generationRequest } from './generate-code-request.ts';
import { inputSchema } from './input-schema.ts';
import { madeOnce } from './made-once.ts';
import { mayLackSandbox } from './may-lack-sandbox.ts';
import { STATUS_OUTPUT_SCHEMA } from './output-schema.ts';
import { parseArguments } from './parse-arguments.ts';
import type { ServiceContext } from './service-context.ts';
import { NEW_SESSION, sessionFor } from './session-for.ts';
import type { ServedTool, ToolCall } from './tool.ts';

export function generateCodeTool(service: ServiceContext): ServedTool {
  const { config, runs, sessions, waits, generations } = service;
  const schema = madeOnce(() => generateCodeSchema(config));

  async function begin({ arguments: given, principal, maySample }: ToolCall): Promise<GenerationRun> {
    const input = parseArguments<GenerateCodeInput>(schema(), 'generate_code', given);
    const request = generationRequest(input, config);
    const session = sessionFor(sessions, input.session_id, principal);
    try {
      return await generations.begin({ principal, request, session, maySample });
    } catch (error) {
      if (session !== null && input.session_id === NEW_SESSION) await sessions.close(session);
      throw error;
    }
  }

  /** Of a call that comes again, with what the client's model has said. */
  function comeBackTo(runId: string, principal: string): GenerationRun {
    const run = runs.find(principal, runId);
    if (!(run instanceof GenerationRun)) throw runNotFound();
    return run;
  }

  /** The session that this very call has begun, where nobody would ever come back to it. */
  async function closeUntold(
    { sessionId }: GenerationRun,
    { arguments: given, principal }: ToolCall,
  ): Promise<void> {
    if (sessionId === null || !asksForNewSession(given)) return;
    await sessions.close(sessions.find(principal, sessionId));
  }

  async function call(toolCall: ToolCall): Promise<CallToolResult | InputRequiredResult> {
    const { principal, context, answer } = toolCall;
    const { signal } = context.mcpReq;
    const round = roundOf(context);
    const run = round === null ? await begin(toolCall) : comeBackTo(round.runId, principal);
    const release = run.use();
    const cancel = (): void => run.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const endProgress = reportProgress(run, context);
    try {
      const awaited = runs.ended(run);
      const ending = await attendGeneration(run, { waitMs: waits.answerWithinMs, call: toolCall, awaited });
      if (typeof ending !== 'string') return ending;
      if (ending === 'aborted') cancel();
      if (ending === 'aborted' || run.failure !== null) await closeUntold(run, toolCall);
      endProgress();
      if (run.failure === null) return await generationAnswer(run, answer);
      runs.forget(run);
      throw withWayOut(run.failure);
    } finally {
      // From here on it is the client's by its run_id, and ends with a call no more.
      signal.removeEventListener('abort', cancel);
      endProgress();
      release();
    }
  }

  return {
    name: 'generate_code',
    definition: madeOnce(() => ({
      name: 'generate_code',
      description:
        'Have a model write a program, run it here and repair it until it works, or passes tests. Needs a model set up here, or yours by sampling; else write the code yourself and call execute_code. After 45 s: status "running".',
      inputSchema: inputSchema(schema()),
      outputSchema: STATUS_OUTPUT_SCHEMA,
      annotations: {
        title: 'Generate code',
        readOnlyHint: false,
        destructiveHint: mayLackSandbox(config),
        // The model is somewhere else, whatever the program may reach.
        openWorldHint: true,
      },
    })),
    call,
  };
}

function asksForNewSession(given: unknown): boolean {
  return (
    typeof given === 'object' && given !== null && 'session_id' in given && given.session_id === NEW_SESSION
  );
}
