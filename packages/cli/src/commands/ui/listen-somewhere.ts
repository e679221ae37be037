import { ClocheError } from '@cloche/core/executor';

/** A page that is open comes back by itself when the server is started again, as long as its port is the same. */
const USUAL_PORT = 7440;
const PORTS_TO_TRY = 10;

/**
 * @param asked the port that somebody has asked for, which is taken or refused; null: the usual one, or the next
 * @throws what `serve` throws
 */
export async function listenSomewhere<Serving>(
  asked: number | null,
  serve: (port: number) => Promise<Serving>,
): Promise<Serving> {
  if (asked !== null) return serve(asked);
  for (let port = USUAL_PORT; port < USUAL_PORT + PORTS_TO_TRY; port += 1) {
    try {
      return await serve(port);
    } catch (error) {
      if (!ClocheError.isInstance(error) || !error.retryable) throw error;
    }
  }
  return serve(0);
}
