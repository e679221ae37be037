import type { HttpOptions } from '../../../src/http/http-options.ts';
import type { HttpServing } from '../../../src/http/http-serving.ts';
import { serveHttp } from '../../../src/http/serve-http.ts';
import { createTestService, type TestService } from './test-service.ts';

export interface TestServer extends AsyncDisposable {
  readonly serving: HttpServing;
  readonly service: TestService;
  readonly url: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly port: number;
  /** The header with the static token. */
  readonly authorization: string;
}

export async function startTestServer(options: Partial<HttpOptions> = {}): Promise<TestServer> {
  const service = createTestService();
  const serving = await serveHttp({ service, ...options });
  const { origin, port } = new URL(serving.url);
  return {
    serving,
    service,
    url: serving.url,
    origin,
    port: Number(port),
    authorization: `Bearer ${serving.token ?? ''}`,
    [Symbol.asyncDispose]: () => serving.close(),
  };
}
