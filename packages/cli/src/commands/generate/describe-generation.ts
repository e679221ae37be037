import type { AttemptStatus, GenerationAttempt, GenerationEnding, GenerationResult } from '@cloche/core';
import { LANGUAGES } from '@cloche/core/executor';
import type { ExecutionResult, LocalizedText } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';

/** What became of an attempt, as the end of a sentence. */
const ATTEMPTS: Readonly<Record<AttemptStatus, LocalizedText>> = {
  ok: { en: 'the program ran', zh: '程序已运行' },
  compile_error: { en: 'the program did not compile', zh: '程序未能编译' },
  install_error: { en: 'what the program needs could not be installed', zh: '程序所需的依赖未能安装' },
  runtime_error: { en: 'the program failed', zh: '程序运行失败' },
  timeout: { en: 'the program took too long', zh: '程序超时' },
  out_of_memory: { en: 'the program ran out of memory', zh: '程序内存不足' },
  limit: { en: 'the program reached a limit', zh: '程序达到限制' },
  cancelled: { en: 'it was cancelled', zh: '已取消' },
  not_executed: { en: 'the program could not be run here', zh: '程序无法在此运行' },
  repeated: { en: 'the model wrote the same program again', zh: '模型又写出了相同的程序' },
  refused: { en: 'the model refused', zh: '模型拒绝了请求' },
  no_code: { en: 'the answer held no program', zh: '回答中没有程序' },
  cut: { en: 'the answer was cut', zh: '回答不完整' },
};

/** Why it went no further, where it did not go well. */
const ENDINGS: Readonly<
  Record<Exclude<GenerationEnding, 'success' | 'not_asked_to_run' | 'cancelled'>, LocalizedText>
> = {
  attempts_used: { en: 'all attempts are used up', zh: '尝试次数已用完' },
  tokens_used: { en: 'the tokens are used up', zh: '令牌已用完' },
  time_used: { en: 'the time is used up', zh: '时间已用完' },
  repeated: { en: 'the model only repeats itself', zh: '模型只是在重复' },
  refused: { en: 'the model refuses', zh: '模型拒绝' },
  no_code: { en: 'the model writes no program', zh: '模型没有写出程序' },
  cut: { en: 'its answers are cut', zh: '回答不完整' },
};

const HINTS: Readonly<Partial<Record<GenerationEnding, LocalizedText>>> = {
  attempts_used: {
    en: 'Say more exactly what is wanted, name another --model, or allow more: --max-attempts 5',
    zh: '请更准确地说明需求，换用其他 --model，或增加次数：--max-attempts 5',
  },
  tokens_used: {
    en: 'Allow more: CLOCHE_GENERATOR_MAX_OUTPUT_TOKENS=64000',
    zh: '请提高上限：CLOCHE_GENERATOR_MAX_OUTPUT_TOKENS=64000',
  },
  time_used: {
    en: 'Allow more: CLOCHE_GENERATOR_TIMEOUT=20m',
    zh: '请延长时间：CLOCHE_GENERATOR_TIMEOUT=20m',
  },
  repeated: {
    en: 'Say more exactly what is wanted, or name another --model.',
    zh: '请更准确地说明需求，或换用其他 --model。',
  },
  refused: { en: 'Say it otherwise, or name another --model.', zh: '请换一种说法，或换用其他 --model。' },
  no_code: {
    en: 'Name another --model (cloche models lists them), or say what the program is to do.',
    zh: '请换用其他 --model（cloche models 可列出），或说明程序要做什么。',
  },
  cut: {
    en: 'Ask for a smaller program, or allow more: CLOCHE_GENERATOR_MAX_OUTPUT_TOKENS=64000',
    zh: '请要求更小的程序，或提高上限：CLOCHE_GENERATOR_MAX_OUTPUT_TOKENS=64000',
  },
};

/** `Attempt 2 of 3: the program failed with exit code 1.` */
export function describeNextAttempt(
  number: number,
  maximum: number,
  before: GenerationAttempt | null,
  execution: ExecutionResult | null,
): LocalizedText {
  const why = before === null ? null : ATTEMPTS[before.status];
  const exit = before?.status === 'runtime_error' ? exitOf(execution) : null;
  return {
    en: `Attempt ${number} of ${maximum}${why === null ? '' : `: ${why.en}`}${exit?.en ?? ''}.`,
    zh: `第 ${number}/${maximum} 次尝试${why === null ? '' : `：${why.zh}`}${exit?.zh ?? ''}。`,
  };
}

/** The last word, on a generation that was not cancelled. */
export function describeEnding(result: GenerationResult): {
  readonly message: LocalizedText;
  readonly hint: LocalizedText | null;
} {
  const { status, endedBy, language, attempts } = result;
  const facts = describeFacts(result);
  const name = language === null ? null : LANGUAGES[language].displayName;
  if (status === 'ok' || status === 'not_executed') {
    const verb =
      status === 'ok'
        ? { en: 'It runs', zh: '运行成功' }
        : { en: 'Written, and not run', zh: '已编写，未运行' };
    return {
      message: {
        en: `${verb.en}: ${[name, ...facts.en].join(', ')}.`,
        zh: `${verb.zh}：${[name, ...facts.zh].join('，')}。`,
      },
      hint: null,
    };
  }
  const last = attempts.at(-1);
  const why = last === undefined ? null : ATTEMPTS[last.status];
  const end = endedBy in ENDINGS ? ENDINGS[endedBy as keyof typeof ENDINGS] : null;
  const parts = (locale: 'en' | 'zh'): string =>
    [why?.[locale], last?.status === endedBy ? undefined : end?.[locale]]
      .filter((part) => part !== undefined)
      .join(locale === 'en' ? ', and ' : '，且');
  const nothing =
    result.code === null
      ? { en: 'No program', zh: '没有程序' }
      : { en: 'No program that runs well', zh: '没有运行成功的程序' };
  return {
    message: {
      en: `${nothing.en}: ${parts('en')} (${facts.en.join(', ')}).`,
      zh: `${nothing.zh}：${parts('zh')}（${facts.zh.join('，')}）。`,
    },
    hint: HINTS[endedBy] ?? null,
  };
}

/** What it took: attempts, the model, tokens, and the price where the service says it. */
function describeFacts({ attempts, model, usage, costUsd }: GenerationResult): {
  readonly en: readonly string[];
  readonly zh: readonly string[];
} {
  const count = attempts.length;
  const name = printable(model.model ?? model.provider);
  const { inputTokens, outputTokens } = usage;
  const areTokensKnown = inputTokens !== null && outputTokens !== null;
  const price = costUsd === null ? [] : [`$${Number(costUsd.toPrecision(3))}`];
  return {
    en: [
      `${count} ${count === 1 ? 'attempt' : 'attempts'}`,
      name,
      ...(areTokensKnown ? [`${inputTokens} tokens in, ${outputTokens} out`] : []),
      ...price,
    ],
    zh: [
      `${count} 次尝试`,
      name,
      ...(areTokensKnown ? [`输入 ${inputTokens} 令牌，输出 ${outputTokens} 令牌`] : []),
      ...price,
    ],
  };
}

function exitOf(execution: ExecutionResult | null): LocalizedText | null {
  const exitCode = execution?.run?.exitCode ?? null;
  if (exitCode === null) return null;
  return { en: ` with exit code ${exitCode}`, zh: `（退出码 ${exitCode}）` };
}
