import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JwtAuthentication } from '../../../src/http/http-options.ts';

export const RESOURCE = 'https://cloche.example.com/mcp';

export interface TokenIssuer extends AsyncDisposable {
  readonly options: JwtAuthentication;
  /** How often the keys were asked for. */
  readonly keyRequests: () => number;
  /** An `Authorization` header; whatever is given takes the place of what would fit. */
  authorize(claims?: Readonly<Record<string, unknown>>, key?: CryptoKey): Promise<string>;
}

/** An authorization server, as far as a resource server sees it. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' };
  let keyRequests = 0;
  const server = createServer((_request, response) => {
    keyRequests += 1;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  return {
    options: { kind: 'jwt', issuer, jwksUrl: `${issuer}/keys`, resource: RESOURCE },
    keyRequests: () => keyRequests,
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
