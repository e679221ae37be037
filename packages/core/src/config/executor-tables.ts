/** Tables of executors that have keys in the table of keys. Their further keys are checked by the executor itself. */
export const EXECUTOR_TABLES: ReadonlySet<string> = new Set(['local', 'docker', 'daytona']);
