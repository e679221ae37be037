import { PassThrough } from 'node:stream';
import type { StdioBounds } from '../../src/stdio/stdio-bounds.ts';
import { serveStdio } from '../../src/index.ts';
import type { Sample, TestClient, TestClientKind } from './test-client.ts';
import { connectClient, TEST_CLIENTS } from './test-client.ts';
import type { TestService, TestServiceOptions } from './test-service.ts';
import { openTestService } from './test-service.ts';

export interface TestConnectionOptions extends TestServiceOptions {
  /** Default: the newest client, in the newest revision. */
  readonly kind?: TestClientKind;
  readonly stdio?: Partial<StdioBounds>;
  /** The model that the client lends. Default: it lends none. */
  readonly sample?: Sample;
}

export interface TestConnection extends AsyncDisposable {
  readonly client: TestClient;
  readonly opened: TestService;
}

/** A real client on our own transport, over streams of this process. */
export async function openConnection(options: TestConnectionOptions = {}): Promise<TestConnection> {
  const opened = await openTestService(options);
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const served = serveStdio({
    service: opened.service,
    stdin,
    stdout,
    ...(options.stdio !== undefined && { bounds: options.stdio }),
  });
  const client = await connectClient(options.kind ?? TEST_CLIENTS[0], stdout, stdin, options.sample);
  return {
    client,
    opened,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      stdin.end();
      await served;
      await opened[Symbol.asyncDispose]();
    },
  };
}
