import type { GenerationEnding, TokenUsage } from '@cloche/core';
import type { LocalizedText, Locale } from '@cloche/core/executor';
import { clipText } from '../results/clip-text.ts';
import type { GenerationRun, ModelSource } from './generation-run.ts';

const EXPLANATION_CHARACTERS = 800;
/** Of all attempts together; the last execution is told in full beside them. */
const ERRORS_CHARACTERS = 1_500;
const LONGEST_ERROR_CHARACTERS = 500;

/** What the caller's own model can do. Null: nothing went wrong, or the caller ended it. */
const HINTS: Readonly<Record<GenerationEnding, LocalizedText | null>> = {
  success: null,
  not_asked_to_run: null,
  cancelled: null,
  attempts_used: {
    en: 'Mend the program yourself and run it with execute_code, or call again and say more in requirement.',
    zh: '请自行修改程序并用 execute_code 运行，或在 requirement 中补充说明后再次调用。',
  },
  tokens_used: {
    en: 'The tokens of one generation are used up. Ask for less at a time.',
    zh: '一次生成的令牌额度已用完。请缩小每次的需求。',
  },
  time_used: {
    en: 'The time of one generation is used up. Ask for less at a time, or give a larger timeout_seconds where that is allowed.',
    zh: '一次生成的时间已用完。请缩小每次的需求，或在允许范围内增大 timeout_seconds。',
  },
  repeated: {
    en: 'The model wrote the same program again. Mend it yourself and run it with execute_code.',
    zh: '模型重复了相同的程序。请自行修改并用 execute_code 运行。',
  },
  refused: {
    en: 'The model refused; its words are the error of the last attempt. Say in requirement what the program is for, or write it yourself and run it with execute_code.',
    zh: '模型拒绝了请求，其说明见最后一次尝试的 error。请在 requirement 中说明程序的用途，或自行编写并用 execute_code 运行。',
  },
  no_code: {
    en: 'The model wrote no program. Say in requirement what program is wanted.',
    zh: '模型没有写出程序。请在 requirement 中说明需要什么程序。',
  },
  cut: {
    en: 'The model’s answer was cut off at its length. Ask for a smaller program.',
    zh: '模型的回答因长度被截断。请要求更小的程序。',
  },
};

export interface AttemptFacts {
  readonly number: number;
  readonly status: string;
  readonly language?: string;
  readonly error?: string;
  readonly duration_ms: number;
}

/** Everything that an answer says of a generation, code and execution aside. Names are the protocol's. */
export interface GenerationFacts {
  readonly status: string;
  readonly ended_by?: string;
  readonly hint?: string;
  readonly next?: string;
  readonly stage?: string;
  readonly language?: string;
  readonly file_name?: string;
  readonly explanation?: string;
  readonly attempts: readonly AttemptFacts[];
  readonly model: {
    readonly source: ModelSource;
    readonly provider: string | null;
    readonly name: string | null;
  };
  readonly usage: { readonly input_tokens: number | null; readonly output_tokens: number | null };
  readonly cost_usd?: number;
  readonly run_id: string;
  readonly session_id?: string;
  readonly duration_ms: number;
}

export function generationFacts(run: GenerationRun, locale: Locale): GenerationFacts {
  const { result, model, language, fileName, explanation } = run;
  const hint = result === null ? null : HINTS[result.endedBy];
  return {
    status: run.status,
    ...(result !== null && { ended_by: result.endedBy }),
    ...(hint !== null && { hint: hint[locale] }),
    ...(run.state === 'running' && {
      next: 'Still being written. Call read_output with this run_id and wait_seconds 45, or end it: manage_sandbox with action "cancel".',
      ...(run.note !== null && { stage: run.note }),
    }),
    ...(language !== null && { language }),
    ...(fileName !== null && { file_name: fileName }),
    ...(explanation !== null && { explanation: clipText(explanation, EXPLANATION_CHARACTERS) }),
    attempts: attemptFacts(run),
    model: { source: run.source, provider: model?.provider ?? null, name: model?.model ?? null },
    usage: usageFacts(result?.usage ?? { inputTokens: null, outputTokens: null }),
    ...(result !== null && result.costUsd !== null && { cost_usd: result.costUsd }),
    run_id: run.id,
    ...(run.sessionId !== null && { session_id: run.sessionId }),
    duration_ms: Math.round(result?.durationMs ?? Date.now() - run.startedAtMs),
  };
}

function attemptFacts({ attempts }: GenerationRun): AttemptFacts[] {
  const room = Math.min(
    LONGEST_ERROR_CHARACTERS,
    Math.floor(ERRORS_CHARACTERS / Math.max(1, attempts.length)),
  );
  return attempts.map(({ number, status, language, error, durationMs }) => ({
    number,
    status,
    ...(language !== null && { language }),
    ...(error !== null && { error: clipText(error, room) }),
    duration_ms: Math.round(durationMs),
  }));
}

function usageFacts({ inputTokens, outputTokens }: TokenUsage): GenerationFacts['usage'] {
  return { input_tokens: inputTokens, output_tokens: outputTokens };
}
