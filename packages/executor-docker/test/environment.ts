/** This process's environment, for what a test hands to an executor's host. */
export function testEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
