import type { EnforcementReport, ExecutionLimits, LimitEnforcement } from '@cloche/core/executor';
import type { ControlGroup } from '../control-group/control-group.ts';
import type { SandboxLimits } from '../place/place.ts';

/**
 * The processes that Cloche itself has in a control group: the sandbox's two, the supervisor or watchdog, and
 * one to spare. They are added to what a program may have, and taken off again from what is reported.
 */
export const OWN_PROCESSES = 4;

const NOT_HELD: LimitEnforcement = { support: 'unsupported', value: null, mechanism: null };

export interface InForce {
  readonly limits: ExecutionLimits;
  /** What the place found inside; null when nothing was started. */
  readonly held: SandboxLimits | null;
  readonly controlGroup: ControlGroup | null;
  /** Scratch space that lies in memory and is counted together with the program's, bytes. */
  readonly scratchInMemoryBytes: number;
  /** Whether resident memory is watched where no control group holds it. */
  readonly isMemorySampled: boolean;
}

/** What was in force, as the kernel tells it. */
export function reportEnforcement(inForce: InForce): EnforcementReport {
  const { limits, held, controlGroup, scratchInMemoryBytes, isMemorySampled } = inForce;
  const state = controlGroup?.state();
  const mechanism = controlGroup?.mechanism ?? '';
  const memoryMechanism =
    scratchInMemoryBytes === 0 ? mechanism : `${mechanism}, counted together with the scratch space`;
  const sampled: LimitEnforcement =
    isMemorySampled && controlGroup === null
      ? { support: 'best-effort', value: limits.memoryBytes, mechanism: 'sampling of resident memory' }
      : NOT_HELD;
  return {
    wall: { support: 'enforced', value: limits.runTimeoutMs, mechanism: 'timer' },
    output: { support: 'enforced', value: limits.outputBytes, mechanism: 'capture' },
    memory: enforced(state?.memoryBytes, memoryMechanism, scratchInMemoryBytes) ?? sampled,
    processes: enforced(state?.processCount, mechanism, OWN_PROCESSES) ?? held?.processes ?? NOT_HELD,
    cpu: enforced(state?.cpuCount, mechanism, 0) ?? NOT_HELD,
    scratch: held?.scratch ?? NOT_HELD,
    openFiles: held?.openFiles ?? NOT_HELD,
  };
}

/** Null where the kernel holds nothing. */
function enforced(
  value: number | null | undefined,
  mechanism: string,
  ours: number,
): LimitEnforcement | null {
  return value === null || value === undefined
    ? null
    : { support: 'enforced', value: value - ours, mechanism };
}
