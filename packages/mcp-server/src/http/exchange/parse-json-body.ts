import { PARSE_ERROR } from '@modelcontextprotocol/server';
import { RequestRefused } from './request-refused.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws RequestRefused 400 where it is not JSON in UTF-8 */
export function parseJsonBody(body: Buffer): unknown {
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
