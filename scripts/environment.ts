/** True where a skipped test is a failure: CI, which installs everything that the tests need. */
export function isEveryTestRequired(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['CLOCHE_TEST_REQUIRE'] === 'all';
}

/**
 * Has this process and every Node.js that it starts keep in `directory` the code that they compiled, types left out, so
 * that a test which starts a command from its sources pays for them once. Somebody's own directory stands.
 */
export function shareCompiledCode(directory: string, environment: NodeJS.ProcessEnv = process.env): void {
  environment['NODE_COMPILE_CACHE'] ??= directory;
}
