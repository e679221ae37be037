import type { ExecutionResult, PhaseResult } from '@cloche/core/executor';

export type PhaseOutcome = Omit<PhaseResult, 'stdout' | 'stderr'>;

/** A result without what the run's logs hold already: a hundred of these stay in memory. */
export type RunOutcome = Omit<
  ExecutionResult,
  'artifacts' | 'omittedArtifacts' | 'removedFiles' | 'install' | 'compile' | 'run'
> & {
  readonly install: PhaseOutcome | null;
  readonly compile: PhaseOutcome | null;
  readonly run: PhaseOutcome | null;
};

export function outcomeOf(result: ExecutionResult): RunOutcome {
  const { artifacts: _artifacts, omittedArtifacts: _omitted, removedFiles: _removed, ...kept } = result;
  const { install, compile, run, ...rest } = kept;
  return {
    ...rest,
    install: withoutOutput(install),
    compile: withoutOutput(compile),
    run: withoutOutput(run),
  };
}

function withoutOutput(phase: PhaseResult | null): PhaseOutcome | null {
  if (phase === null) return null;
  const { exitCode, signal, durationMs, stoppedBy } = phase;
  return { exitCode, signal, durationMs, stoppedBy };
}
