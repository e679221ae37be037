import type { ExecutionResult } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import type { FoundProgram } from '../answers/read-answer.ts';
import { askForOtherLanguage } from '../prompts/ask-again.ts';
import { describeFailure } from '../prompts/describe-failure.ts';
import { fencedProgram } from '../prompts/fenced-program.ts';
import type { AttemptOutcome } from './attempt-outcome.ts';
import { collectEvidence, evidenceText } from './collect-evidence.ts';
import { endsWhenLoaded } from './ends-when-loaded.ts';
import { describePackages, packageListing } from './find-packages.ts';
import type { GenerationTask } from './generation-task.ts';
import { programRequest } from './program-request.ts';
import type { ProgramRunner } from './program-runner.ts';
import type { GenerationSink } from './generation-sink.ts';

export interface Trial {
  readonly task: GenerationTask;
  readonly programs: ProgramRunner;
  readonly sink: GenerationSink;
  /** Whether no other program will be written, whatever becomes of this one. */
  readonly isLast: boolean;
  /** Called as soon as the program has ended. */
  readonly onResult: (result: ExecutionResult) => void;
}

const ENDS_WHEN_LOADED =
  'The program was not run: it ends the process as soon as it is loaded, so the tests would never run. Answer with the whole program, and let nothing end the process while it is loaded; a main function belongs behind a condition that is true only where the program itself was started.';

/**
 * Runs a program, and says what is to be learned from its failure. Null: it was cancelled.
 *
 * @throws whatever the runner fails with
 */
export async function tryProgram(trial: Trial, program: FoundProgram): Promise<AttemptOutcome | null> {
  const { task, programs, sink, isLast, onResult } = trial;
  const { language, code } = program;
  const answer = fencedProgram(language, code);
  if (endsWhenLoaded(task, language, code)) {
    return {
      status: 'not_executed',
      error: ENDS_WHEN_LOADED,
      ending: null,
      exchange: { answer, reply: ENDS_WHEN_LOADED },
    };
  }
  let result: ExecutionResult;
  try {
    result = await programs.run(programRequest(task, language, code), sink);
  } catch (error) {
    // What the model chose it can choose again.
    if (task.language !== null || isLast || !isLanguageMissing(error)) throw error;
    const exchange = { answer, reply: askForOtherLanguage(language, error.message) };
    return { status: 'not_executed', error: error.message, ending: null, exchange };
  }
  onResult(result);
  const { status } = result;
  if (status === 'ok') return { status, error: null, ending: 'success', exchange: null };
  if (status === 'cancelled') return null;
  const evidence = collectEvidence(task, language, result, await findPackages(programs, result));
  const exchange = { answer, reply: describeFailure(evidence) };
  return { status, error: evidenceText(evidence), ending: null, exchange };
}

/** Of several executors, each has its own reason, and one that lacks the language is there at least. */
function isLanguageMissing(error: unknown): error is ClocheError {
  if (!ClocheError.isInstance(error)) return false;
  const reasons: readonly unknown[] = error.cause instanceof AggregateError ? error.cause.errors : [error];
  return reasons.some(
    (reason) => ClocheError.isInstance(reason) && reason.code === 'ERR_LANGUAGE_UNSUPPORTED',
  );
}

async function findPackages(programs: ProgramRunner, result: ExecutionResult): Promise<string | null> {
  const listing = packageListing(result);
  if (listing === null) return null;
  try {
    return describePackages(await programs.runSilently(listing));
  } catch (error) {
    // The failure is known without it.
    if (ClocheError.isInstance(error)) return null;
    throw error;
  }
}
