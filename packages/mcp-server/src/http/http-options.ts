import type { Logger } from '@cloche/core/executor';
import type { McpService } from '../service/mcp-service.ts';
import type { HttpLimits } from './http-limits.ts';

export interface HttpOptions {
  /** Disposed of by whoever made it, after the serving is closed. */
  readonly service: Pick<McpService, 'serverFor'>;
  /** The address to listen on; default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: the system chooses one. */
  readonly port?: number;
  /** Default: a static token that is made now. */
  readonly authentication?: HttpAuthentication;
  /** Names, without a port, that the `Host` header may hold beside those of loopback and `host`. */
  readonly allowedHosts?: readonly string[];
  /** Origins of web pages, such as `https://app.example.com`, that may call and read the answers. Default none. */
  readonly allowedOrigins?: readonly string[];
  /** Default `DEFAULT_HTTP_LIMITS`, key by key. */
  readonly limits?: Partial<HttpLimits>;
  /** Receives no token, no header and no body. Default: nothing is logged. */
  readonly logger?: Logger;
}

export type HttpAuthentication = StaticTokenAuthentication | JwtAuthentication;

/** Secrets that clients send: whoever has the same one is one and the same client. */
export interface StaticTokenAuthentication {
  readonly kind: 'token';
  /** One or several, each at least 16 characters of those that RFC 6750 allows; default: 256 random bits in base64url. */
  readonly token?: string | readonly string[];
}

/** Access tokens of an authorization server: each subject is a client of its own. */
export interface JwtAuthentication {
  readonly kind: 'jwt';
  /** What `iss` must be, to the letter. HTTPS, except on loopback. */
  readonly issuer: string;
  /** Where the issuer's public keys are. HTTPS, except on loopback. Default: where the issuer's metadata says. */
  readonly jwksUrl?: string;
  /** This server's address as its clients know it, such as `https://cloche.example.com/mcp`; `aud` must name it. */
  readonly resource: string;
  /** Scopes that a token must have, all of them; default none. */
  readonly requiredScopes?: readonly string[];
}
