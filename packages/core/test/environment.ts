/** The environment of the test run. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
