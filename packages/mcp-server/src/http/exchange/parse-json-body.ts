import { PARSE_ERROR } from '@modelcontextprotocol/server';
import { countJsonValues } from './count-json-values.ts';
import { RequestRefused } from './request-refused.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws RequestRefused 413 where it has more values than `mostValues`, 400 where it is not JSON in UTF-8 */
export function parseJsonBody(body: Buffer, mostValues: number): unknown {
  if (countJsonValues(body, mostValues) > mostValues) {
    throw new RequestRefused({
      status: 413,
      message: `The request's body has more than ${mostValues} values. Send less at once.`,
    });
  }
  try {
    return JSON.parse(decoder.decode(body)) as unknown;
  } catch {
    throw new RequestRefused({
      status: 400,
      code: PARSE_ERROR,
      message: 'Parse error: the body is not valid JSON in UTF-8.',
    });
  }
}
