import type { CallToolResult } from '@modelcontextprotocol/server';
import { reportProgress } from '../progress/progress-reporter.ts';
import { artifactAnswer } from '../results/artifact-answer.ts';
import { pageAnswer } from '../results/page-answer.ts';
import type { Run } from '../runs/run.ts';
import type { AwaitedOutput } from '../runs/until-output.ts';
import { untilOutput } from '../runs/until-output.ts';
import { inputSchema } from './input-schema.ts';
import { madeOnce } from './made-once.ts';
import { RUN_OUTPUT_SCHEMA } from './output-schema.ts';
import { parseArguments } from './parse-arguments.ts';
import { LARGEST_PAGE_BYTES, readOutputSchema } from './read-output-input.ts';
import type { ServiceContext } from './service-context.ts';
import type { ServedTool, ToolCall } from './tool.ts';
import { waitFor } from './wait-for.ts';

export function readOutputTool({ runs }: ServiceContext): ServedTool {
  return {
    name: 'read_output',
    definition: madeOnce(() => ({
      name: 'read_output',
      description:
        'Read more of a run: a stream in pages (go on at next_offset), or one file it wrote. Waits up to wait_seconds for output beyond offset, else for the end. Runs are kept for 30 minutes.',
      inputSchema: inputSchema(readOutputSchema()),
      outputSchema: RUN_OUTPUT_SCHEMA,
      annotations: {
        title: 'Read output',
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    })),
    async call({ arguments: given, principal, context, answer }: ToolCall): Promise<CallToolResult> {
      const input = parseArguments(readOutputSchema(), 'read_output', given);
      const run = runs.find(principal, input.run_id);
      const release = run.use();
      try {
        const { stream = 'stdout', artifact, offset = 0, limit = LARGEST_PAGE_BYTES } = input;
        const isFollowing = artifact === undefined && input.offset !== undefined;
        await waitForRun(run, {
          waitMs: (input.wait_seconds ?? 0) * 1000,
          ended: runs.ended(run),
          output: isFollowing ? { stream, offset, limitBytes: limit } : null,
          context,
        });
        if (run.failure !== null) throw run.failure;
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
  readonly context: ToolCall['context'];
}

async function waitForRun(run: Run, { waitMs, ended, output, context }: RunWait): Promise<void> {
  if (waitMs === 0 || run.state !== 'running') return;
  const endProgress = reportProgress(run, context);
  const awaited = output === null ? null : untilOutput(run, output);
  await waitFor(
    awaited === null ? ended : Promise.race([ended, awaited.there]),
    waitMs,
    context.mcpReq.signal,
  );
  awaited?.stop();
  endProgress();
}
