/** Environment variables of this process: the one place where they are read. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
