import { errors } from 'jose';
import type { Challenge } from './authenticator.ts';

/** @returns null where the token is not at fault: the issuer's keys cannot be had */
export function mapTokenError(error: unknown): Challenge | null {
  const reason = reasonOf(error);
  return reason === null ? null : refusedToken(reason);
}

export function refusedToken(reason: string): Challenge {
  return {
    status: 401,
    error: 'invalid_token',
    message: `The token was refused: ${reason}. Get a new one from its issuer.`,
  };
}

function reasonOf(error: unknown): string | null {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its claim ${JSON.stringify(error.claim)} does not fit this server`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is not valid';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'no key of the issuer fits it';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not allowed';
  if (error instanceof errors.JOSENotSupported) return 'its algorithm is not supported';
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return 'it is not a JWT';
  return null;
}
