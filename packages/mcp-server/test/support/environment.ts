/** Environment variables of the test process. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
