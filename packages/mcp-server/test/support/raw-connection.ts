import { PassThrough } from 'node:stream';
import { serveStdio } from '../../src/index.ts';
import type { StdioBounds } from '../../src/stdio/stdio-bounds.ts';
import type { TestService, TestServiceOptions } from './test-service.ts';
import { openTestService } from './test-service.ts';

export type RawMessage = Readonly<Record<string, unknown>>;

export interface RawConnection extends AsyncDisposable {
  readonly stdin: PassThrough;
  readonly stdout: PassThrough;
  readonly opened: TestService;
  /** Everything that came since reading began. */
  readonly received: readonly RawMessage[];
  send(message: RawMessage | string): void;
  /** Begins to read what the server writes. */
  read(): void;
  answerTo(id: number | string): Promise<RawMessage>;
}

/** Without any SDK at the client's end, initialized at revision 2025-11-25. */
export async function openRawConnection(
  options: TestServiceOptions & {
    readonly stdio?: Partial<StdioBounds>;
    readonly isRead?: boolean;
    /** Default: none. */
    readonly capabilities?: Readonly<Record<string, object>>;
  } = {},
): Promise<RawConnection> {
  const opened = await openTestService(options);
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const served = serveStdio({
    service: opened.service,
    stdin,
    stdout,
    ...(options.stdio !== undefined && { bounds: options.stdio }),
  });
  const received: RawMessage[] = [];
  const answers = new Map<unknown, PromiseWithResolvers<RawMessage>>();
  const answer = (id: unknown): PromiseWithResolvers<RawMessage> => {
    const known = answers.get(id) ?? Promise.withResolvers<RawMessage>();
    answers.set(id, known);
    return known;
  };
  let pending = '';
  const read = (): void => {
    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (pending + chunk).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        const message = JSON.parse(line) as RawMessage;
        received.push(message);
        answer(message['id']).resolve(message);
      }
    });
  };
  const send = (message: RawMessage | string): void => {
    stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
  };
  if (options.isRead !== false) read();
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: options.capabilities ?? {},
    clientInfo: { name: 'raw', version: '1' },
  };
  send({ jsonrpc: '2.0', id: 'initialize', method: 'initialize', params });
  send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return {
    stdin,
    stdout,
    opened,
    received,
    send,
    read,
    answerTo: (id) => answer(id).promise,
    async [Symbol.asyncDispose]() {
      stdin.end();
      stdout.resume();
      await served;
      await opened[Symbol.asyncDispose]();
    },
  };
}
