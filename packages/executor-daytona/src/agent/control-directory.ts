/**
 * Shell lines that set `$c` to the directory of a job's own files: in memory where that is, so that a full disk does
 * not silence the agent.
 */
export function enterControlDirectory(id: string): string {
  return `c=/dev/shm
[ -d "$c" ] && [ -w "$c" ] || c=/tmp
c=$c/cloche-${id}`;
}

/** Where what is written to a program's stdin is put, for its agent to find. */
export function inputDirectory(id: string): string {
  return `/tmp/cloche-${id}.in`;
}
