import { classifyFailure } from '../failures/classify-failure.ts';
import { readFailure } from '../failures/read-failure.ts';
import type { ServiceAnswerError } from '../failures/service-answer-error.ts';

const DEFAULT_OVERLOAD_DELAY_MS = 1000;

/**
 * How long to wait before the same call is made again.
 *
 * @returns null where that is not known to help: the service did not say that it has not begun, its quota is used up, or
 *   it is asked too often and names no delay
 */
export function retryDelay(answer: ServiceAnswerError): number | null {
  const facts = readFailure(answer);
  const kind = classifyFailure(facts, true);
  if (kind === 'rate_limited') return facts.retryAfterMs;
  return kind === 'overloaded' ? (facts.retryAfterMs ?? DEFAULT_OVERLOAD_DELAY_MS) : null;
}
