/** Of every answer: what another page could learn or do with it. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** What a browser makes of bytes that a program wrote: nothing, under no circumstances. */
export const INERT_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** Of what the page loads: opened by itself it does nothing, and a worker of it asks nobody for anything. */
export const ASSET_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** @param nonce of this answer alone, for the styles that the editor writes */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
