/** This process's environment, for the host of a test's executors. */
export function testEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
