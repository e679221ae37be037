/** Environment variables of the process of the tests: the one place where they read them. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
