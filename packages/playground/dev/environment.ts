/** Environment variables of the process that serves from the sources: the one place where it reads them. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
