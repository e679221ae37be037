/** This process's environment, for a runner whose program hands over no host. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
