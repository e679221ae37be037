/**
 * Where an issuer tells about itself, in the order of MCP's authorization chapter: RFC 8414 and OpenID Connect, with
 * the issuer's path behind the well-known one, and OpenID Connect's own way, with it before.
 */
export function metadataAddresses(issuer: URL): readonly URL[] {
  const path = issuer.pathname.replace(/\/+$/u, '');
  const paths = [
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
    `${path}/.well-known/openid-configuration`,
  ];
  return [...new Set(paths)].map((each) => new URL(each, issuer.origin));
}
