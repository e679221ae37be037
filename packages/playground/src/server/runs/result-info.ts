import type { ExecutionResult } from '@cloche/core/executor';
import { PHASES } from '@cloche/core/executor';
import type { ArtifactInfo, OmittedArtifactInfo, PhaseInfo, ResultInfo } from '../../api/run-event.ts';

/** A result without what its readers have already. */
export function resultInfo(
  result: ExecutionResult,
  artifacts: readonly ArtifactInfo[],
  omitted: readonly OmittedArtifactInfo[],
): ResultInfo {
  const { status, language, stoppedIn, limit, hint, executor, toolchainVersion, network } = result;
  const { enforcement, warnings, durationMs, omittedArtifacts } = result;
  return {
    status,
    language,
    stoppedIn,
    limit,
    hint,
    executor,
    toolchainVersion,
    network,
    enforcement,
    warnings,
    durationMs,
    omittedArtifacts: [...omittedArtifacts, ...omitted],
    phases: PHASES.flatMap((phase): PhaseInfo[] => {
      const outcome = result[phase];
      if (outcome === null) return [];
      const { exitCode, signal, durationMs: phaseMs, stdout, stderr } = outcome;
      return [
        {
          phase,
          exitCode,
          signal,
          durationMs: phaseMs,
          stdoutBytes: stdout.byteCount,
          stderrBytes: stderr.byteCount,
        },
      ];
    }),
    artifacts,
  };
}
