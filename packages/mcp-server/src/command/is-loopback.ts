const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/iu;

/** Whether other machines cannot reach what listens on this address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
