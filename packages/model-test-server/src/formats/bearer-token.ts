/** The token of an `Authorization` header. Null: there is none of this kind. */
export function bearerToken(authorization: string | undefined): string | null {
  return authorization?.startsWith('Bearer ') === true ? authorization.slice('Bearer '.length) : null;
}
