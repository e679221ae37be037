import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JwtAuthentication } from '../../../src/http/http-options.ts';

export const RESOURCE = 'https://cloche.example.com/mcp';

/** What an issuer answers at one path; the words `ISSUER` and `ORIGIN` in it become its address. */
export interface IssuerDocument {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TokenIssuerOptions {
  /** Of the issuer's address; default none. */
  readonly path?: string;
  /** By path, beside the keys at `/keys`. */
  readonly documents?: Readonly<Record<string, IssuerDocument>>;
}

export interface TokenIssuer extends AsyncDisposable {
  readonly options: JwtAuthentication;
  /** Paths that were asked for, in their order. */
  readonly paths: readonly string[];
  /** How often the keys were asked for. */
  readonly keyRequests: () => number;
  /** An `Authorization` header; whatever is given takes the place of what would fit. */
  authorize(claims?: Readonly<Record<string, unknown>>, key?: CryptoKey): Promise<string>;
}

/** An authorization server, as far as a resource server sees it. */
export async function startTokenIssuer({
  path = '',
  documents = {},
}: TokenIssuerOptions = {}): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' };
  const paths: string[] = [];
  let origin = '';
  const server = createServer(({ url = '' }, response) => {
    paths.push(url);
    const isKeys = url === '/keys';
    const given = isKeys ? { body: JSON.stringify({ keys: [jwk] }) } : documents[url];
    const { status = 200, headers = {}, body = '' } = given ?? { status: 404 };
    response.setHeader('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(headers)) {
      response.setHeader(name, value.replace('ORIGIN', origin));
    }
    response.statusCode = status;
    response.end(body.replaceAll('ISSUER', origin + path).replaceAll('ORIGIN', origin));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  const issuer = origin + path;
  return {
    options: { kind: 'jwt', issuer, jwksUrl: `${origin}/keys`, resource: RESOURCE },
    paths,
    keyRequests: () => paths.filter((each) => each === '/keys').length,
    authorize: async (claims = {}, key = privateKey) => {
      const nowSeconds = Math.floor(Date.now() / 1_000);
      const payload = { iss: issuer, aud: RESOURCE, sub: 'ada', exp: nowSeconds + 60, ...claims };
      const token = await new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'key-1' }).sign(key);
      return `Bearer ${token}`;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
