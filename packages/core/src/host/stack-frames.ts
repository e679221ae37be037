/** Where an error was thrown, without its message, which may hold what no log is to have; empty where nobody knows. */
export function stackFrames(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /u.test(line));
  return frames.map((frame) => frame.trim()).join('; ');
}
