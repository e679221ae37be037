import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** One request, as an operation sees it. */
export interface Exchange {
  readonly method: string;
  /** Path and query, as the client wrote them. */
  readonly url: string;
  readonly query: URLSearchParams;
  /** The variable parts of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly message: IncomingMessage;
}

/**
 * The body as JSON.
 *
 * @returns undefined where there is none
 * @throws SyntaxError where the body is not JSON
 */
export async function readJson(exchange: Exchange): Promise<unknown> {
  const text = (await buffer(exchange.message)).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
