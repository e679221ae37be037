import { type HttpServing } from '../../src/http/http-serving.ts';
import { serveHttp } from '../../src/http/serve-http.ts';
import { conformanceServer } from './support/conformance-server.ts';
import { startTokenProxy } from './support/token-proxy.ts';

export interface FixtureServer extends AsyncDisposable {
  /** Needs no token: the suite cannot send one. */
  readonly url: string;
}

/** The suite's tools behind the product's own transport, authentication, limits and shutdown. */
export async function startFixtureServer(): Promise<FixtureServer> {
  const serving: HttpServing = await serveHttp({ service: { serverFor: () => conformanceServer() } });
  const proxy = await startTokenProxy(serving);
  return {
    url: proxy.url,
    [Symbol.asyncDispose]: async () => {
      await serving.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
}
