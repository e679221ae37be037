import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { ClientQuestion } from '../sampling/client-question.ts';
import { askInRound, roundOf, takeFromRound } from '../sampling/question-round.ts';
import { sendQuestion } from '../sampling/send-question.ts';
import { connectionOf } from '../sampling/connection-of.ts';
import type { ToolCall } from '../tools/tool.ts';
import type { WaitEnding } from '../waiting/wait-for.ts';
import { waitFor } from '../waiting/wait-for.ts';
import type { GenerationRun } from './generation-run.ts';

export interface GenerationWait {
  readonly waitMs: number;
  readonly call: Pick<ToolCall, 'context' | 'maySample'>;
  /** Whatever is waited for. */
  readonly awaited: Promise<void>;
}

/**
 * Waits for a generation, and carries what it has to ask to the model of the client, where this client lends it.
 *
 * @returns what the call is to be answered with, where the client has to ask its model first
 */
export async function attendGeneration(
  run: GenerationRun,
  { waitMs, call, awaited }: GenerationWait,
): Promise<WaitEnding | InputRequiredResult> {
  const { context, maySample } = call;
  const deadlineMs = performance.now() + waitMs;
  takeAnswer(run, call);
  // Since 2026-07-28 a server asks by its answer, and not by a request of its own.
  const isModern = context.mcpReq.envelope !== undefined;
  const connection = connectionOf(context);
  const questionToAsk = (): ClientQuestion | null => {
    const { question } = run;
    return maySample && question !== null && (isModern || question.isOpenFor(connection)) ? question : null;
  };
  for (;;) {
    if (context.mcpReq.signal.aborted) return 'aborted';
    const question = questionToAsk();
    if (question !== null) {
      if (isModern) return askInRound(run.id, question);
      void sendQuestion(question, context);
    }
    const asked = maySample ? untilTrue(run, () => questionToAsk() !== null) : null;
    const ending = await waitFor(
      asked === null ? awaited : Promise.race([awaited, asked.there]),
      Math.max(0, deadlineMs - performance.now()),
      context.mcpReq.signal,
    );
    asked?.stop();
    if (ending !== 'done' || questionToAsk() === null) return ending;
  }
}

function takeAnswer(run: GenerationRun, { context }: GenerationWait['call']): void {
  const round = roundOf(context);
  const { question } = run;
  if (round?.runId === run.id && question?.number === round.number) takeFromRound(question, context);
}

function untilTrue(
  run: GenerationRun,
  condition: () => boolean,
): { readonly there: Promise<void>; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (condition()) resolve();
  };
  const stop = run.listen(look);
  look();
  return { there: promise, stop };
}
