import { readJson } from '../http/exchange.ts';
import type { Exchange } from '../http/exchange.ts';
import { ServiceError } from '../http/service-error.ts';

/**
 * The body of a request whose client is the SDK: it is taken to have the shape that the SDK's types say.
 *
 * @throws ServiceError 400 where the body is no JSON object
 */
export async function readBody<T extends object>(exchange: Exchange): Promise<T> {
  const body = await readJson(exchange).catch((error: unknown) => {
    throw new ServiceError(400, error instanceof Error ? error.message : String(error));
  });
  if (typeof body !== 'object' || body === null) throw new ServiceError(400, 'Bad Request');
  return body as T;
}
