import type { Generator } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { EvalTask } from './eval-tasks.ts';
import type { TaskOutcome } from './task-outcome.ts';
import { taskOutcome } from './task-outcome.ts';

export interface MeasureOptions {
  readonly signal: AbortSignal;
  /** Called before each task. */
  readonly onTask: (task: EvalTask) => void;
  readonly onOutcome: (outcome: TaskOutcome) => void;
}

/**
 * One task after the other: a model's service limits how much is asked of it at a time.
 *
 * @returns what kept a task from being measured; null: all were. What was measured before has been told
 */
export async function measureTasks(
  generator: Generator,
  tasks: readonly EvalTask[],
  { signal, onTask, onOutcome }: MeasureOptions,
): Promise<ClocheError | null> {
  for (const task of tasks) {
    if (signal.aborted) return null;
    onTask(task);
    const { requirement, language, tests } = task;
    const { result } = generator.generate({ requirement, language, tests }, { signal });
    try {
      const ended = await result;
      if (ended.status === 'cancelled') return null;
      onOutcome(taskOutcome(task, ended));
    } catch (error) {
      // A bad key or a missing toolchain is the same for the next task, and asking again may cost.
      if (ClocheError.isInstance(error)) return error;
      throw error;
    }
  }
  return null;
}
