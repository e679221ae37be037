import type { AnswerEnding, ModelAnswer, ModelPrompt, WriteOptions } from '@cloche/core';
import type { FinishReason } from 'ai';
import { UnfinishedAnswerError } from '../failures/service-answer-error.ts';
import type { ResolvedModel } from '../resolved-model.ts';
import type { CallLimits } from './call-limits.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { loadLanguageModel } from './load-language-model.ts';
import { readStream } from './read-stream.ts';
import type { ReadStream } from './read-stream.ts';
import { ServiceFacts } from './service-facts.ts';
import { watchStream } from './watch-stream.ts';

const ENDINGS: Readonly<Partial<Record<FinishReason, AnswerEnding>>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'refused',
};

/** Prompts and answers are not kept for later at the service, where it can be told so. */
const PROVIDER_OPTIONS = { openai: { store: false } };

/**
 * One call of a model through the AI SDK, which is loaded here.
 *
 * @throws whatever the SDK, `fetch` or the service fails with; see `modelError`
 */
export async function writeAnswer(
  resolved: ResolvedModel,
  model: string,
  limits: CallLimits,
  prompt: ModelPrompt,
  { signal, onText }: WriteOptions,
): Promise<ModelAnswer> {
  const facts = new ServiceFacts();
  const fetch = guardedFetch({
    limits,
    hasKey: resolved.apiKey !== null,
    expects: 'events',
    onBodyEnd: (tail) => facts.readTail(tail),
  });
  const [{ streamText, wrapLanguageModel }, languageModel] = await Promise.all([
    import('ai'),
    loadLanguageModel(resolved, model, fetch),
  ]);
  signal.throwIfAborted();
  const over = new AbortController();
  const { stream } = streamText({
    model: wrapLanguageModel({ model: languageModel, middleware: watchStream(facts) }),
    instructions: prompt.system,
    messages: prompt.messages.map(({ role, text }) => ({ role, content: text })),
    maxOutputTokens: prompt.maximumOutputTokens,
    providerOptions: PROVIDER_OPTIONS,
    // `guardedFetch` retries, where a call has certainly written nothing yet.
    maxRetries: 0,
    streamRetries: 0,
    abortSignal: AbortSignal.any([signal, over.signal]),
    telemetry: { isEnabled: false },
    // The default writes them to the console.
    onError: () => undefined,
  });
  const read = await readStream(stream, onText);
  // Behind a failure, the service may still be writing.
  over.abort();
  signal.throwIfAborted();
  return answerOf(read, facts);
}

function answerOf({ text, finish, failure }: ReadStream, facts: ServiceFacts): ModelAnswer {
  if (failure !== null) throw failure.error;
  if (!facts.hasEnded) throw new UnfinishedAnswerError();
  return {
    text,
    ending: (finish === null ? undefined : ENDINGS[finish.finishReason]) ?? 'unknown',
    usage: {
      inputTokens: tokenCount(finish?.totalUsage.inputTokens),
      outputTokens: tokenCount(finish?.totalUsage.outputTokens),
    },
    model: facts.model,
    costUsd: facts.costUsd,
  };
}

/** What no count can be is not said: a negative one would give back what was spent. */
function tokenCount(said: number | undefined): number | null {
  return said !== undefined && Number.isSafeInteger(said) && said >= 0 ? said : null;
}
