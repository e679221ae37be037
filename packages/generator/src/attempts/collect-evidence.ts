import type { ExecutionResult, ExecutionStatus, LanguageId, Phase, PhaseResult } from '@cloche/core/executor';
import { PHASES } from '@cloche/core/executor';
import { describeSandbox } from '../prompts/describe-sandbox.ts';
import type { TextBounds } from './bounded-text.ts';
import { boundedText } from './bounded-text.ts';
import type { GenerationTask } from './generation-task.ts';

/** What is known of a failure, bounded. */
export interface Evidence {
  /** What ended it, and in which phase: in English, and of nobody's words but ours. */
  readonly summary: string;
  /** What the failed phase printed; what is empty is left out. */
  readonly outputs: readonly { readonly name: 'stdout' | 'stderr'; readonly text: string }[];
  /** Ours, for endings that are known. Null: none. */
  readonly advice: string | null;
  readonly sandbox: string;
}

/** A compiler's first message is the one that counts, and a program's last one. */
const BOUNDS: Readonly<Record<Phase, TextBounds>> = {
  install: { head: 1000, tail: 3000 },
  compile: { head: 3500, tail: 500 },
  run: { head: 1000, tail: 3000 },
};

/** The hints of a result are for people, who can raise limits and allow a network. */
const ADVICE: Readonly<Partial<Record<ExecutionStatus, string>>> = {
  timeout: 'Look for an endless loop, a wait that nothing ends, or more work than the time is enough for.',
  out_of_memory: 'Hold less in memory at one time.',
  limit: 'Stay below the limit: start fewer processes and threads at one time, or write less.',
};

/** @param packages what a missing package could be replaced by. Null: not known. */
export function collectEvidence(
  task: GenerationTask,
  language: LanguageId,
  result: ExecutionResult,
  packages: string | null,
): Evidence {
  const phase = failedPhase(result);
  const printed = phase === null ? null : result[phase];
  const bounds = BOUNDS[phase ?? 'run'];
  const outputs = (['stderr', 'stdout'] as const).flatMap((name) => {
    const text = printed === null ? '' : boundedText(printed[name], bounds);
    return text === '' ? [] : [{ name, text }];
  });
  const advice = [ADVICE[result.status], packages].filter((line) => line !== undefined && line !== null);
  return {
    summary: summarize(task, result, phase, printed),
    outputs,
    advice: advice.length === 0 ? null : advice.join('\n'),
    sandbox: describeSandbox(task, language, result.toolchainVersion),
  };
}

/** The same for people: what the model is shown of the failure. */
export function evidenceText({ summary, outputs }: Evidence): string {
  return [summary, ...outputs.map(({ name, text }) => `${name}:\n${text}`)].join('\n\n');
}

function failedPhase(result: ExecutionResult): Phase | null {
  const isFailed = (phase: PhaseResult | null): boolean =>
    phase !== null && (phase.stoppedBy !== null || phase.exitCode !== 0);
  return result.stoppedIn ?? PHASES.find((phase) => isFailed(result[phase])) ?? null;
}

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  install: 'while what it needs was installed',
  compile: 'while it was compiled',
  run: 'while it ran',
};

function summarize(
  { tests, limits }: GenerationTask,
  result: ExecutionResult,
  phase: Phase | null,
  printed: PhaseResult | null,
): string {
  const where = phase === null ? 'before it ran' : PHASE_WORDS[phase];
  const exit = exitWords(printed);
  switch (result.status) {
    case 'compile_error':
      return tests === null
        ? `It did not compile: ${exit}.`
        : `It did not compile together with the tests: ${exit}.`;
    case 'install_error':
      return `What it needs could not be installed: ${exit}.`;
    case 'runtime_error':
      return tests === null ? `It failed while it ran: ${exit}.` : `The tests did not pass: ${exit}.`;
    case 'timeout':
      return `It was stopped ${where}, since it took longer than ${timeoutOf(limits, phase)} s.`;
    case 'out_of_memory':
      return `It was stopped ${where}, since it needed more memory than it may have.`;
    case 'limit':
      return `It was stopped ${where}, since it went over the limit of: ${result.limit ?? 'unknown'}.`;
    case 'cancelled':
      return `It was stopped ${where}.`;
    case 'ok':
      return 'It ran well.';
  }
}

function timeoutOf(limits: GenerationTask['limits'], phase: Phase | null): number {
  const milliseconds = {
    install: limits.installTimeoutMs,
    compile: limits.compileTimeoutMs,
    run: limits.runTimeoutMs,
  };
  return milliseconds[phase ?? 'run'] / 1000;
}

function exitWords(printed: PhaseResult | null): string {
  if (printed === null) return 'its end was not seen';
  if (printed.signal !== null) return `it ended by the signal ${printed.signal}`;
  return printed.exitCode === null ? 'its end was not seen' : `exit code ${printed.exitCode}`;
}
