/** This process's environment, for what a test hands to an executor's host. */
export function testEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** The service that the suite is also run against, where somebody pays for it. */
export function realService(): { readonly apiUrl: string; readonly apiKey: string } | null {
  const apiUrl = process.env['CLOCHE_TEST_DAYTONA_URL'];
  const apiKey = process.env['CLOCHE_TEST_DAYTONA_KEY'];
  return apiUrl === undefined || apiKey === undefined ? null : { apiUrl, apiKey };
}
