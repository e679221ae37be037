/**
 * Shell lines that set `$c` to the directory of a job's own files: in memory where that is, so that a full disk does
 * not silence the agent.
 */
export function enterControlDirectory(id: string): string {
  return `c=/dev/shm
[ -d "$c" ] && [ -w "$c" ] || c=/tmp
c=$c/cloche-${id}.control`;
}

/** Where what is written to a program's stdin is put, for its agent to find. */
export function inputDirectory(id: string): string {
  return `/tmp/cloche-${id}.in`;
}

/**
 * Shell lines that remove what a former job has left. Its own directory stays, empty: a launch of it that comes late
 * then starts nothing.
 */
export function forgetJob(id: string): string {
  return `for d in /dev/shm /tmp; do [ ! -d "$d/cloche-${id}.control" ] || rm -rf "$d/cloche-${id}.control"/*; done
rm -rf /tmp/cloche-${id} /tmp/cloche-${id}.in`;
}
