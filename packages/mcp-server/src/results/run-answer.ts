import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import type { Run } from '../runs/run.ts';
import type { OutputStreamName } from '../runs/stream-name.ts';
import type { AnswerOptions } from './answer-options.ts';
import { artifactContent } from './artifact-content.ts';
import type { OutputView } from './output-view.ts';
import { streamLength, viewOutput } from './output-view.ts';
import { renderFacts } from './render-facts.ts';
import type { RunFacts } from './run-facts.ts';
import { runFacts } from './run-facts.ts';

/** What every client that is known takes, in structured form and as text alike. */
export const ANSWER_CHARACTERS = 10_000;
/** Names, quotes and counts of the streams. */
export const FRAME_CHARACTERS = 500;
const STREAMS: readonly OutputStreamName[] = ['stdout', 'stderr', 'compile'];
/** What one stream leaves to the others where all are long, in shares of the room. */
const SHARES: Readonly<Record<OutputStreamName, number>> = { stdout: 0.55, stderr: 0.3, compile: 0.15 };
const FAILED_COMPILE_SHARES: Readonly<Record<OutputStreamName, number>> = {
  stdout: 0.1,
  stderr: 0.1,
  compile: 0.8,
};

/** Everything about a run, complete in itself as structure and as text. */
export async function runAnswer(run: Run, options: AnswerOptions): Promise<CallToolResult> {
  const facts = runFacts(run, options.locale);
  const rendered = renderFacts(facts);
  const taken = Math.max(JSON.stringify(facts).length, rendered.before.length + rendered.after.length);
  const views = await viewOutputs(run, facts, ANSWER_CHARACTERS - FRAME_CHARACTERS - taken);
  const content: ContentBlock[] = [
    {
      type: 'text',
      text: [rendered.before, ...renderOutput(views), rendered.after]
        .filter((part) => part !== '')
        .join('\n'),
    },
    ...(await artifactContent(run, options)),
  ];
  return { content, structuredContent: structureOutput(facts, views) };
}

/** What an answer shows of each stream; null: it says nothing of it. */
export type OutputViews = Readonly<Record<OutputStreamName, OutputView | null>>;

/** How many characters of JSON all streams together would take; beyond `limit`, any number above it. */
export async function outputLength(run: Run, limit: number): Promise<number> {
  const lengths = await Promise.all(STREAMS.map((name) => streamLength(run, name, limit)));
  return lengths.reduce((sum, length) => sum + length, 0);
}

export async function viewOutputs(run: Run, facts: RunFacts, room: number): Promise<OutputViews> {
  const isCompileFailed = facts.status === 'compile_error' || facts.status === 'install_error';
  const shares = isCompileFailed || facts.stopped_in === 'compile' ? FAILED_COMPILE_SHARES : SHARES;
  const lengths = await Promise.all(STREAMS.map((name) => streamLength(run, name, room)));
  const isAmple = lengths.reduce((sum, length) => sum + length, 0) <= room;
  const views: Record<OutputStreamName, OutputView | null> = { stdout: null, stderr: null, compile: null };
  let left = room;
  // The smallest first: what it does not need is there for the others.
  const order = STREAMS.map((name, index) => ({ name, length: lengths[index] ?? 0 })).toSorted(
    (one, other) => one.length - room * shares[one.name] - (other.length - room * shares[other.name]),
  );
  let sharesLeft = 1;
  for (const { name, length } of order) {
    if (length === 0 && name === 'compile') {
      sharesLeft -= shares[name];
      continue;
    }
    const share = isAmple ? left : Math.floor((left * shares[name]) / sharesLeft);
    const view = await viewOutput(run, name, share);
    sharesLeft -= shares[name];
    left -= Math.min(share, length);
    views[name] = view;
  }
  return views;
}

export function structureOutput(
  facts: Omit<RunFacts, 'run_id'>,
  { stdout, stderr, compile }: OutputViews,
): Record<string, unknown> {
  const { status, exit_code, signal, ...rest } = facts;
  return {
    status,
    exit_code,
    signal,
    stdout: stdout?.text ?? '',
    stderr: stderr?.text ?? '',
    ...(compile !== null && { compile_output: compile.text, compile_output_bytes: compile.byteCount }),
    stdout_bytes: stdout?.byteCount ?? 0,
    stderr_bytes: stderr?.byteCount ?? 0,
    stdout_truncated: stdout?.isTruncated ?? false,
    stderr_truncated: stderr?.isTruncated ?? false,
    ...rest,
  };
}

export function renderOutput(views: OutputViews): string[] {
  return STREAMS.map((name) => renderStream(name, views[name]));
}

function renderStream(name: OutputStreamName, view: OutputView | null): string {
  if (view === null || view.byteCount === 0) return '';
  const title = name === 'compile' ? 'compiler output' : name;
  return `--- ${title} (${view.byteCount} bytes${view.isTruncated ? ', truncated' : ''}) ---\n${view.text}`;
}
