import type { ExecutionController, ExecutionPlan, PhaseResult, StopReason } from '@cloche/core/executor';
import { feedStdin } from '@cloche/core/executor';
import type { ControlGroup } from '../control-group/control-group.ts';
import type { PhaseProcess, Place, ProgramEnd } from '../place/place.ts';
import { residentBytes } from '../place/process-tree.ts';
import { Pump } from './pump.ts';

const MEMORY_SAMPLE_MS = 100;

export interface PhaseContext {
  readonly plan: ExecutionPlan;
  readonly place: Place;
  readonly controlGroup: ControlGroup | null;
  readonly signal: AbortSignal;
  readonly controller: ExecutionController;
}

/** Runs one phase to its end: streams, stdin, deadline, cancellation and limits. */
export async function runPhase(phase: 'compile' | 'run', context: PhaseContext): Promise<PhaseResult> {
  const { plan, place, controlGroup, controller } = context;
  controller.emit({ type: 'stage', stage: phase, state: 'started' });
  const startedAtMs = performance.now();
  // Compilers may use every processor.
  controlGroup?.setCpuCount(phase === 'run' ? plan.limits.cpuCount : null);
  const program = place.startPhase(phase);
  const stdout = new Pump(program.stdout, 'stdout', phase, plan.limits.outputBytes, controller);
  const stderr = new Pump(program.stderr, 'stderr', phase, plan.limits.outputBytes, controller);
  if (program.stdin !== null) {
    // Its failure is the program's business: whoever writes sees that nobody reads.
    feedStdin(program.stdin, plan.stdin, controller).catch(() => undefined);
  }

  const stop = watchForStop(program, phase, context);
  let end: ProgramEnd;
  try {
    end = await program.ended;
  } finally {
    stop.release();
  }
  const durationMs = performance.now() - startedAtMs;
  const [keptStdout, keptStderr] = await Promise.all([stdout.finish(), stderr.finish()]);
  program.stdin?.destroy();
  controller.emit({ type: 'stage', stage: phase, state: 'finished' });
  return {
    ...end,
    stdout: keptStdout,
    stderr: keptStderr,
    durationMs,
    stoppedBy: stop.reason() ?? limitReached(controlGroup),
  };
}

interface StopWatch {
  readonly reason: () => StopReason | null;
  readonly release: () => void;
}

/** Ends the process at the deadline, at the caller's wish, or where its memory has to be watched, by its size. */
function watchForStop(program: PhaseProcess, phase: 'compile' | 'run', context: PhaseContext): StopWatch {
  const { plan, place, controlGroup, signal } = context;
  let reason: StopReason | null = null;
  const stop = (why: StopReason): void => {
    reason ??= why;
    program.kill();
  };
  const cancel = (): void => stop('cancelled');
  const timeoutMs = phase === 'run' ? plan.limits.runTimeoutMs : plan.limits.compileTimeoutMs;
  const deadline = setTimeout(() => stop('timeout'), timeoutMs);
  const sampling =
    controlGroup === null
      ? setInterval(() => {
          const used = place.processes().reduce((sum, pid) => sum + residentBytes(pid), 0);
          if (used > plan.limits.memoryBytes) stop('out_of_memory');
        }, MEMORY_SAMPLE_MS)
      : null;
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    // A limit that was broken explains a timeout better than the clock does.
    reason: () => (reason === 'timeout' ? (limitReached(controlGroup) ?? reason) : reason),
    release: () => {
      clearTimeout(deadline);
      if (sampling !== null) clearInterval(sampling);
      signal.removeEventListener('abort', cancel);
    },
  };
}

function limitReached(controlGroup: ControlGroup | null): StopReason | null {
  if (controlGroup === null) return null;
  if (controlGroup.outOfMemoryKills() > 0) return 'out_of_memory';
  return controlGroup.refusedProcesses() > 0 ? 'limit' : null;
}
