import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { attendGeneration } from '../generation/attend-generation.ts';
import { generationAnswer } from '../generation/generation-answer.ts';
import { withWayOut } from '../generation/generation-errors.ts';
import { GenerationRun } from '../generation/generation-run.ts';
import { reportProgress } from '../progress/progress-reporter.ts';
import { artifactAnswer } from '../results/artifact-answer.ts';
import { pageAnswer } from '../results/page-answer.ts';
import type { Run } from '../runs/run.ts';
import type { AwaitedOutput } from '../runs/until-output.ts';
import { untilOutput } from '../runs/until-output.ts';
import { inputSchema } from './input-schema.ts';
import { madeOnce } from './made-once.ts';
import { STATUS_OUTPUT_SCHEMA } from './output-schema.ts';
import { parseArguments } from './parse-arguments.ts';
import { LARGEST_PAGE_BYTES, readOutputSchema } from './read-output-input.ts';
import type { ServiceContext } from './service-context.ts';
import type { ServedTool, ToolCall } from './tool.ts';
import { waitFor } from '../waiting/wait-for.ts';

export function readOutputTool({ runs }: ServiceContext): ServedTool {
  return {
    name: 'read_output',
    definition: madeOnce(() => ({
      name: 'read_output',
      description:
        'Read more of a run: a stream in pages (go on at next_offset), or one file it wrote. Waits up to wait_seconds for output beyond offset, else for the end. Runs are kept for 30 minutes.',
      inputSchema: inputSchema(readOutputSchema()),
      outputSchema: STATUS_OUTPUT_SCHEMA,
      annotations: {
        title: 'Read output',
        readOnlyHint: true,
        openWorldHint: false,
      },
    })),
    async call(toolCall: ToolCall): Promise<CallToolResult | InputRequiredResult> {
      const { arguments: given, principal, answer } = toolCall;
      const input = parseArguments(readOutputSchema(), 'read_output', given);
      const run = runs.find(principal, input.run_id);
      const release = run.use();
      try {
        const { stream = 'stdout', artifact, offset = 0, limit = LARGEST_PAGE_BYTES } = input;
        const isFollowing = artifact === undefined && input.offset !== undefined;
        const asked = await waitForRun(run, {
          waitMs: (input.wait_seconds ?? 0) * 1000,
          ended: runs.ended(run),
          output: isFollowing ? { stream, offset, limitBytes: limit } : null,
          call: toolCall,
        });
        if (asked !== null) return asked;
        if (run.failure !== null) throw withWayOut(run.failure);
        const isWhole = artifact === undefined && input.stream === undefined && !isFollowing;
        if (isWhole && run instanceof GenerationRun) return await generationAnswer(run, answer);
        if (artifact !== undefined)
          return await artifactAnswer(
            run,
            artifact,
            { offset: input.offset ?? null, limitBytes: limit },
            answer,
          );
        return await pageAnswer(run, stream, { offset, limitBytes: limit }, answer);
      } finally {
        release();
      }
    },
  };
}

interface RunWait {
  readonly waitMs: number;
  readonly ended: Promise<void>;
  /** Null: until the end. */
  readonly output: AwaitedOutput | null;
  readonly call: ToolCall;
}

/** @returns what the client's model has to be asked before there is an answer; null: nothing */
async function waitForRun(
  run: Run,
  { waitMs, ended, output, call }: RunWait,
): Promise<InputRequiredResult | null> {
  const { context } = call;
  const isGeneration = run instanceof GenerationRun;
  if ((waitMs === 0 && !isGeneration) || run.state !== 'running') return null;
  const endProgress = reportProgress(run, context);
  const awaited = output === null ? null : untilOutput(run, output);
  const there = awaited === null ? ended : Promise.race([ended, awaited.there]);
  const ending = isGeneration
    ? await attendGeneration(run, { waitMs, call, awaited: there })
    : await waitFor(there, waitMs, context.mcpReq.signal);
  awaited?.stop();
  endProgress();
  return typeof ending === 'string' ? null : ending;
}
