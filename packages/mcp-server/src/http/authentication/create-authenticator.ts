import type { Logger } from '@cloche/core/executor';
import type { HttpAuthentication } from '../http-options.ts';
import type { Authenticator } from './authenticator.ts';
import { StaticTokenAuthenticator } from './static-token-authenticator.ts';

/** @throws ClocheError ERR_CONFIG_INVALID */
export async function createAuthenticator(
  authentication: HttpAuthentication,
  logger?: Logger,
): Promise<Authenticator> {
  if (authentication.kind === 'token') {
    const { token } = authentication;
    return new StaticTokenAuthenticator(typeof token === 'string' ? [token] : token);
  }
  // Loaded on use: most servers never check a JWT.
  const { JwtAuthenticator } = await import('./jwt-authenticator.ts');
  return new JwtAuthenticator(authentication, logger);
}
