/** This process's environment, for the programs that a test starts. */
export function testEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
