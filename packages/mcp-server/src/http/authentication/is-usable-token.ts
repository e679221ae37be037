/** RFC 6750, and long enough not to be guessed. */
const TOKEN = /^[\w.~+/-]{16,}=*$/u;

/** Whether it can be a secret that clients send. */
export function isUsableToken(token: string): boolean {
  return TOKEN.test(token);
}
