import type { CallToolResult } from '@modelcontextprotocol/server';
import { ClocheError } from '@cloche/core/executor';
import { describeExecutor } from '../results/describe-executor.ts';
import type { ExecutorFacts } from '../results/describe-executor.ts';
import { ANSWER_CHARACTERS } from '../results/run-answer.ts';
import type { Run } from '../runs/run.ts';
import type { Session } from '../sessions/session.ts';
import { ExecutorInspection } from './executor-inspection.ts';
import { inputSchema } from './input-schema.ts';
import { madeOnce } from './made-once.ts';
import { manageSandboxSchema } from './manage-sandbox-input.ts';
import { parseArguments } from './parse-arguments.ts';
import type { ServiceContext } from './service-context.ts';
import type { ServedTool, ToolCall } from './tool.ts';
import { waitFor } from '../waiting/wait-for.ts';

const MOST_LISTED_RUNS = 50;
/** A program that is killed ends in a moment; who cancels wants to know that it has. */
const KILL_WAIT_MS = 5_000;

export function manageSandboxTool(service: ServiceContext): ServedTool {
  const { runs, sessions, runner } = service;
  const inspection = new ExecutorInspection(runner);

  async function call({ arguments: given, principal, context }: ToolCall): Promise<CallToolResult> {
    const input = parseArguments(manageSandboxSchema(), 'manage_sandbox', given);
    const { action, run_id: runId, session_id: sessionId } = input;
    if (action === 'status') return status(inspection, service);
    if (action === 'list') {
      const own = runs.list(principal);
      return structured({
        runs: own.slice(0, MOST_LISTED_RUNS).map((run) => describeRun(run)),
        run_count: own.length,
        sessions: sessions.list(principal).map((session) => describeSession(session)),
      });
    }
    if (action === 'close' && sessionId !== undefined) {
      if (runId !== undefined) throw closesBoth();
      const session = sessions.find(principal, sessionId);
      await waitFor(sessions.close(session), KILL_WAIT_MS, context.mcpReq.signal);
      return structured({ closed: sessionId, ...describeSession(session) });
    }
    if (runId === undefined) throw runIdMissing(action);
    const run = runs.find(principal, runId);
    const ended = runs.ended(run);
    if (action === 'close') runs.forget(run);
    else run.cancel();
    await waitFor(ended, KILL_WAIT_MS, context.mcpReq.signal);
    return structured({ [action === 'close' ? 'closed' : 'cancelled']: runId, ...describeRun(run) });
  }

  return {
    name: 'manage_sandbox',
    definition: madeOnce(() => ({
      name: 'manage_sandbox',
      description:
        'status: executors, languages, limits. list: your runs and sessions. cancel: end a run. close: end and forget a run or session.',
      inputSchema: inputSchema(manageSandboxSchema()),
      annotations: {
        title: 'Manage sandboxes',
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    })),
    call,
  };
}

async function status(
  inspection: ExecutorInspection,
  { config, locale }: ServiceContext,
): Promise<CallToolResult> {
  const reports = await inspection.reports();
  const executors: ExecutorFacts[] = [];
  let characters = 0;
  for (const report of reports) {
    const facts = describeExecutor(report, locale);
    characters += JSON.stringify(facts).length;
    if (characters > ANSWER_CHARACTERS - 1_000) break;
    executors.push(facts);
  }
  return structured({
    executor: config.executor,
    ...(config.executor === 'auto' && { order: config.auto.order }),
    minimum_isolation: config.isolation.minimum,
    network: config.network,
    timeout_seconds: config.limits.runTimeoutMs / 1000,
    memory_bytes: config.limits.memoryBytes,
    executors,
    ...(reports.length > executors.length && { executors_not_shown: reports.length - executors.length }),
  });
}

function describeRun(run: Run): Record<string, unknown> {
  return {
    run_id: run.id,
    ...(run.sessionId !== null && { session_id: run.sessionId }),
    status: run.status,
    ...(run.language !== null && { language: run.language }),
    seconds: Math.round(((run.endedAtMs ?? Date.now()) - run.startedAtMs) / 100) / 10,
    stdout_bytes: run.streams.stdout.byteCount,
    stderr_bytes: run.streams.stderr.byteCount,
  };
}

function describeSession(session: Session): Record<string, unknown> {
  return {
    session_id: session.id,
    runs: session.runCount,
    idle_seconds: Math.round(session.idleMs / 1000),
  };
}

/** The text says all that the structure does. */
function structured(value: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value };
}

function closesBoth(): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: 'The action "close" takes a run_id or a session_id, not both.',
      zh: 'action "close" 只接受 run_id 或 session_id 之一。',
    },
    hint: {
      en: 'Close one after the other. Closing a session ends its runs too.',
      zh: '请分别关闭。关闭会话也会结束其中的运行。',
    },
  });
}

function runIdMissing(action: string): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `The action "${action}" needs a run_id${action === 'close' ? ' or a session_id' : ''}.`,
      zh: `action "${action}" 需要 run_id${action === 'close' ? ' 或 session_id' : ''}。`,
    },
    hint: {
      en: 'See your runs and sessions with action "list".',
      zh: '请用 action "list" 查看您的运行和会话。',
    },
  });
}
