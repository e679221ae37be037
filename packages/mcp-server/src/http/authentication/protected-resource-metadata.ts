import type { JwtAuthentication } from '../http-options.ts';
import type { ProtectedResourceMetadata } from './authenticator.ts';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** RFC 9728, with the address of section 3.1: the resource's path comes behind the well-known one. */
export function protectedResourceMetadata(
  options: JwtAuthentication,
  resource: URL,
): ProtectedResourceMetadata {
  const { issuer, requiredScopes = [] } = options;
  return {
    path: `${WELL_KNOWN}${resource.pathname === '/' ? '' : resource.pathname}`,
    document: {
      resource: options.resource,
      authorization_servers: [issuer],
      bearer_methods_supported: ['header'],
      resource_name: 'Cloche',
      ...(requiredScopes.length > 0 && { scopes_supported: requiredScopes }),
    },
  };
}
