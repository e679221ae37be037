/** The toolchains of this machine are found on it. */
export function searchPath(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';
}

/** Where a test keeps what the page looked like: only when it is asked for, since pictures belong to a change. */
export function isScreenshotWanted(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['CLOCHE_SCREENSHOTS'] === '1';
}
