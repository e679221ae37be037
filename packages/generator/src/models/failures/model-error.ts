import { ClocheError } from '@cloche/core/executor';
import type { ResolvedModel } from '../resolved-model.ts';
import { classifyFailure } from './classify-failure.ts';
import { describeContext } from './failure-context.ts';
import { FAILURE_TEXTS } from './failure-texts.ts';
import { readFailure } from './read-failure.ts';
import { redact } from './redact.ts';
import { fields, words } from '../untyped.ts';

/**
 * What a failed call of a model is for a person: `ERR_GENERATOR_FAILED`, in words and with advice. An error that is one
 * already stays as it is.
 *
 * @param error of the AI SDK, of `fetch`, or what the service itself sent
 */
export function modelError(error: unknown, resolved: ResolvedModel): ClocheError {
  if (ClocheError.isInstance(error)) return error;
  const facts = readFailure(error);
  const { isRetryable, message, hint } = FAILURE_TEXTS[classifyFailure(facts, resolved.apiKey !== null)];
  const said = facts.said === null ? null : redact(facts.said, resolved.apiKey);
  const context = describeContext(resolved, facts, said === '' ? null : said);
  return new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message: message(context),
    hint: hint(context),
    retryable: isRetryable,
    cause: plainCause(error, resolved.apiKey),
  });
}

/** The SDK's errors hold the whole request, prompt and all: of them, the name and the words are kept. */
function plainCause(error: unknown, secret: string | null): Error {
  const { name, message } = fields(error);
  const cause = new Error(redact(words(message) ?? String(error), secret));
  cause.name = words(name) ?? 'Error';
  return cause;
}
