/** True where a skipped test is a failure: CI, which installs everything that the tests need. */
export function isEveryTestRequired(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['CLOCHE_TEST_REQUIRE'] === 'all';
}
