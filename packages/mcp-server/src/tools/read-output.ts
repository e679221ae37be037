import type { CallToolResult } from '@modelcontextprotocol/server';
import { reportProgress } from '../progress/progress-reporter.ts';
import { artifactAnswer } from '../results/artifact-answer.ts';
import { pageAnswer } from '../results/page-answer.ts';
import type { Run } from '../runs/run.ts';
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
        'Read more of a run: a stream in pages (go on at next_offset), or one file it wrote. Waits up to wait_seconds for a run to end. Runs are kept for 30 minutes.',
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
        await waitForRun(run, (input.wait_seconds ?? 0) * 1000, runs.ended(run), context);
        if (run.failure !== null) throw run.failure;
        if (artifact !== undefined)
          return await artifactAnswer(run, artifact, { offset, limitBytes: limit }, answer);
        return await pageAnswer(run, stream, { offset, limitBytes: limit }, answer);
      } finally {
        release();
      }
    },
  };
}

async function waitForRun(
  run: Run,
  waitMs: number,
  ended: Promise<void>,
  context: ToolCall['context'],
): Promise<void> {
  if (waitMs === 0 || run.state !== 'running') return;
  const endProgress = reportProgress(run, context);
  await waitFor(ended, waitMs, context.mcpReq.signal);
  endProgress();
}
