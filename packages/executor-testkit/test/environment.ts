/** The environment of the tests. */
export const testEnvironment: Readonly<Record<string, string | undefined>> = process.env;
