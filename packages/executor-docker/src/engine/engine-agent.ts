import http from 'node:http';
import type { Duplex } from 'node:stream';
import { EngineClosedError } from './engine-failure.ts';

/** Hands out connections to one engine, however it is reached, and can take all of them back. */
export class EngineAgent extends http.Agent {
  readonly #connect: () => Duplex;
  readonly #connections = new Set<Duplex>();
  #isClosed = false;

  /** @param isReused keeps idle connections: worth it where opening one takes long */
  constructor(connect: () => Duplex, isReused: boolean) {
    super({ keepAlive: isReused });
    this.#connect = connect;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    if (this.#isClosed) {
      callback?.(new EngineClosedError('the connection to the engine is closed'), undefined as never);
      return undefined;
    }
    const connection = this.#connect();
    this.#connections.add(connection);
    connection.once('close', () => this.#connections.delete(connection));
    return connection;
  }

  /** Ends every connection, those too that were upgraded and no longer belong to a request. */
  close(): void {
    this.#isClosed = true;
    this.destroy();
    for (const connection of this.#connections) connection.destroy();
  }
}
