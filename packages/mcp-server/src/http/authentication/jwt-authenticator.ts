import type { IncomingMessage } from 'node:http';
import type { Logger } from '@cloche/core/executor';
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { RequestRefused } from '../exchange/request-refused.ts';
import type { JwtAuthentication } from '../http-options.ts';
import type { Authenticator, Challenge, ProtectedResourceMetadata } from './authenticator.ts';
import { checkScopes } from './check-scopes.ts';
import { checkSecureUrl } from './check-secure-url.ts';
import { DiscoveredKeys, keysAt } from './issuer-keys.ts';
import { mapTokenError, refusedToken } from './map-token-error.ts';
import { principalOf } from './principal-of.ts';
import { protectedResourceMetadata } from './protected-resource-metadata.ts';
import { readBearerToken } from './read-bearer-token.ts';

/** Asymmetric ones alone: a public key must never be taken for a shared secret. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const CLOCK_TOLERANCE_SECONDS = 5;
/** What an access token may measure: signatures are not checked over megabytes. */
const TOKEN_CHARACTERS = 8_192;

/** Takes access tokens of one issuer that were made for this server. */
export class JwtAuthenticator implements Authenticator {
  readonly token = null;
  readonly metadata: ProtectedResourceMetadata;
  readonly #options: JwtAuthentication;
  readonly #keys: JWTVerifyGetKey;
  readonly #metadataUrl: string;

  /** @throws ClocheError ERR_CONFIG_INVALID where an address is none, or is not HTTPS, or a scope is none */
  constructor(options: JwtAuthentication, logger?: Logger) {
    this.#options = options;
    checkScopes(options.requiredScopes ?? []);
    checkSecureUrl('issuer', options.issuer);
    const resource = checkSecureUrl('resource', options.resource);
    this.metadata = protectedResourceMetadata(options, resource);
    this.#metadataUrl = new URL(this.metadata.path, resource).href;
    const { issuer, jwksUrl } = options;
    this.#keys =
      jwksUrl === undefined
        ? new DiscoveredKeys(issuer, logger).key
        : keysAt(checkSecureUrl('jwksUrl', jwksUrl));
  }

  async authenticate(request: IncomingMessage): Promise<string> {
    const token = readBearerToken(request);
    if (token === null) {
      throw this.#challenge({ status: 401, error: null, message: 'A bearer token of the issuer is needed.' });
    }
    const payload = await this.#verify(token);
    const { issuer, requiredScopes = [] } = this.#options;
    const scopes = scopesOf(payload);
    if (!requiredScopes.every((scope) => scopes.has(scope))) {
      throw this.#challenge({
        status: 403,
        error: 'insufficient_scope',
        message: `The token lacks a scope: ${requiredScopes.join(' ')} are needed.`,
      });
    }
    return principalOf('jwt', issuer, payload.sub ?? '');
  }

  async #verify(token: string): Promise<JWTPayload> {
    if (token.length > TOKEN_CHARACTERS) throw this.#challenge(refusedToken('it is too long'));
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer: this.#options.issuer,
        audience: this.#options.resource,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      const challenge = mapTokenError(error);
      throw challenge === null ? keysUnavailable() : this.#challenge(challenge);
    }
  }

  #challenge({ status, error, message }: Challenge): RequestRefused {
    const { requiredScopes = [] } = this.#options;
    const parameters = [`resource_metadata="${this.#metadataUrl}"`];
    if (error !== null) parameters.unshift(`error="${error}"`);
    if (requiredScopes.length > 0) parameters.push(`scope="${requiredScopes.join(' ')}"`);
    return new RequestRefused({
      status,
      message,
      headers: { 'WWW-Authenticate': `Bearer ${parameters.join(', ')}` },
    });
  }
}

function scopesOf(payload: JWTPayload): ReadonlySet<string> {
  const { scope, scp } = payload;
  const listed = scope ?? scp;
  if (Array.isArray(listed)) return new Set(listed.filter((item) => typeof item === 'string'));
  return new Set(typeof listed === 'string' ? listed.split(' ') : []);
}

function keysUnavailable(): RequestRefused {
  return new RequestRefused({
    status: 503,
    message: 'The keys of the token issuer cannot be had now, so no token can be checked. Try again in 5 s.',
    headers: { 'Retry-After': '5' },
  });
}
