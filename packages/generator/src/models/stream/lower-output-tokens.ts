import { classifyFailure } from '../failures/classify-failure.ts';
import { readFailure } from '../failures/read-failure.ts';

const LEAST_USEFUL_TOKENS = 1024;
/** The room that a server with a small context keeps for the answer is part of that context: vLLM, OpenAI's older models. */
const ROOM_FOR_ANSWER = /max_(?:completion_)?tokens|in the completion/iu;

/**
 * How long an answer may be asked for from a model that refuses to write one as long as `asked`. What each model can
 * write is listed nowhere; what refuses says it, or does not, so the next smaller number in its words is taken, else
 * the half.
 *
 * @returns null where that is not what was refused, or where so short an answer would hold no program
 */
export function lowerOutputTokens(error: unknown, asked: number): number | null {
  const facts = readFailure(error);
  const kind = classifyFailure(facts, true);
  const said = facts.said ?? '';
  const isTooLong = kind === 'output_limit' || (kind === 'context_too_long' && ROOM_FOR_ANSWER.test(said));
  if (!isTooLong) return null;
  const named = [...said.matchAll(/\d+/gu)]
    .map(([digits]) => Number(digits))
    .filter((tokens) => tokens >= LEAST_USEFUL_TOKENS && tokens < asked);
  const lower = named.length > 0 ? Math.max(...named) : Math.floor(asked / 2);
  return lower < LEAST_USEFUL_TOKENS ? null : lower;
}
