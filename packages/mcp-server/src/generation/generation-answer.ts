import type { CallToolResult } from '@modelcontextprotocol/server';
import type { AnswerOptions } from '../results/answer-options.ts';
import { artifactContent } from '../results/artifact-content.ts';
import type { OutputView } from '../results/output-view.ts';
import { streamLength, viewOutput } from '../results/output-view.ts';
import { isolationLines, outcomeLines, renderFacts } from '../results/render-facts.ts';
import {
  ANSWER_CHARACTERS,
  FRAME_CHARACTERS,
  outputLength,
  renderOutput,
  structureOutput,
  viewOutputs,
} from '../results/run-answer.ts';
import type { OutputViews } from '../results/run-answer.ts';
import type { RunFacts } from '../results/run-facts.ts';
import { programFacts } from '../results/run-facts.ts';
import type { GenerationFacts } from './generation-facts.ts';
import { generationFacts } from './generation-facts.ts';
import type { GenerationRun } from './generation-run.ts';
import { renderGeneration } from './render-generation.ts';

/** What the program leaves to its output, where both are long. */
const CODE_SHARE = 0.6;

/** Everything about a generation, complete in itself as structure and as text. */
export async function generationAnswer(run: GenerationRun, options: AnswerOptions): Promise<CallToolResult> {
  const facts = generationFacts(run, options.locale);
  const executed = run.hasExecuted ? programFacts(run, options.locale) : null;
  const rendered = renderGeneration(facts);
  const execution = executed === null ? placeOf(facts) : renderExecution(executed);
  const texts = [execution.isolation, rendered.before, rendered.after, execution.before, execution.after];
  const taken = Math.max(
    JSON.stringify({ ...facts, execution: executed }).length,
    texts.reduce((sum, text) => sum + text.length, 0),
  );
  const room = Math.max(0, ANSWER_CHARACTERS - 2 * FRAME_CHARACTERS - taken);
  const needed = executed === null ? 0 : await outputLength(run, room);
  const code = await viewOutput(run, 'code', await codeRoom(run, room, needed));
  const views = executed === null ? null : await viewOutputs(run, executed, room - codeLength(code));
  const text = [
    execution.isolation,
    rendered.before,
    renderCode(facts, code),
    rendered.after,
    execution.before,
    ...(views === null ? [] : renderOutput(views)),
    execution.after,
  ];
  return {
    content: [
      { type: 'text', text: text.filter((part) => part !== '').join('\n') },
      ...(executed === null ? [] : await artifactContent(run, options)),
    ],
    structuredContent: structure(facts, code, executed, views),
  };
}

interface RenderedExecution {
  readonly isolation: string;
  readonly before: string;
  readonly after: string;
}

function renderExecution(executed: RunFacts): RenderedExecution {
  return {
    // Whoever reads one line reads this one.
    isolation: isolationLines(executed).join('\n'),
    before: ['--- last execution ---', ...outcomeLines(executed)].join('\n'),
    after: renderFacts(executed).after,
  };
}

/** In place of an execution: there was none. */
function placeOf({ run_id, session_id }: GenerationFacts): RenderedExecution {
  const session = session_id === undefined ? '' : `, session_id: ${session_id}`;
  return { isolation: '', before: '', after: `run_id: ${run_id}${session}` };
}

async function codeRoom(run: GenerationRun, room: number, neededForOutput: number): Promise<number> {
  const length = await streamLength(run, 'code', room);
  return Math.min(length + 1, Math.max(Math.floor(room * CODE_SHARE), room - neededForOutput));
}

function codeLength({ text }: OutputView): number {
  return JSON.stringify(text).length;
}

function renderCode(
  { language, file_name }: GenerationFacts,
  { text, byteCount, isTruncated }: OutputView,
): string {
  if (byteCount === 0) return '';
  const name = [language, file_name].filter((part) => part !== undefined).join(', ');
  return `--- code (${name === '' ? '' : `${name}, `}${byteCount} bytes${isTruncated ? ', truncated' : ''}) ---\n${text}`;
}

function structure(
  { status, ...facts }: GenerationFacts,
  code: OutputView,
  executed: RunFacts | null,
  views: OutputViews | null,
): Record<string, unknown> {
  return {
    status,
    code: code.byteCount === 0 ? null : code.text,
    code_bytes: code.byteCount,
    code_truncated: code.isTruncated,
    ...facts,
    execution: executed === null || views === null ? null : executionStructure(executed, views),
  };
}

function executionStructure(executed: RunFacts, views: OutputViews): Record<string, unknown> {
  const { run_id: _runId, session_id: _sessionId, language: _language, ...rest } = executed;
  return structureOutput(rest, views);
}
