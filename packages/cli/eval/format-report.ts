import { padToWidth } from '../src/output/display-width.ts';
import { printable } from '../src/output/printable.ts';
import type { EvalReport, EvalTotals } from './eval-report.ts';
import type { TaskOutcome } from './task-outcome.ts';

const HEADINGS = ['task', 'language', 'result', 'attempts', 'seconds', 'tokens'] as const;
const ERROR_CHARACTERS = 100;

/** For a terminal: a row for each task, and what they come to. */
export function formatReport(report: EvalReport): string {
  const rows = [HEADINGS, ...report.tasks.map(row)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const table = rows.map((cells) =>
    cells
      .map((cell, column) => padToWidth(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const { modelName, executor, maximumAttempts, wantedTaskCount, tasks } = report;
  const missing = wantedTaskCount - tasks.length;
  return [
    `${modelName}; executor ${executor}; at most ${maximumAttempts} attempts`,
    '',
    ...table,
    '',
    totalLine(report.totals),
    ...(missing === 0 ? [] : [`not measured: ${missing} of ${wantedTaskCount} tasks`]),
    ...tasks.flatMap(failureLines),
  ].join('\n');
}

function row(outcome: TaskOutcome): string[] {
  const { id, language, attemptCount, durationMs, outputTokens } = outcome;
  const seconds = (durationMs / 1000).toFixed(1);
  return [id, language, resultWord(outcome), String(attemptCount), seconds, String(outputTokens ?? '?')];
}

function resultWord({ passedAttempt, endedBy }: TaskOutcome): string {
  if (passedAttempt === null) return `failed (${endedBy})`;
  return passedAttempt === 1 ? 'first try' : 'repaired';
}

function totalLine(totals: EvalTotals): string {
  const { taskCount, firstTryCount, repairedCount, failedCount, outputTokens, costUsd } = totals;
  const share = taskCount === 0 ? 0 : Math.round((100 * firstTryCount) / taskCount);
  const withRepair = taskCount === 0 ? 0 : Math.round((100 * (firstTryCount + repairedCount)) / taskCount);
  const cost = costUsd === null ? '' : `, $${costUsd.toFixed(4)}`;
  return (
    `first try ${firstTryCount} of ${taskCount} (${share} %), with repairs ${firstTryCount + repairedCount} ` +
    `(${withRepair} %), failed ${failedCount}; ${outputTokens ?? '?'} tokens written${cost}`
  );
}

function failureLines({ id, error }: TaskOutcome): string[] {
  if (error === null) return [];
  const lines = error.split('\n').filter((line) => line.trim() !== '');
  return [`${id}: ${printable((lines.at(-1) ?? '').slice(0, ERROR_CHARACTERS))}`];
}
