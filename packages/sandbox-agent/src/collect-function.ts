/**
 * Shell text that defines `collect`: called with `work`, `build` or both, it writes them to its stdout as the tar
 * stream that a `FileReceiver` reads. What a program has done to their modes, it undoes; a file of more than
 * `$cloche_limit` bytes comes empty, with a mode that says why, and a socket, which tar leaves out, as a named pipe.
 *
 * For bash, dash or busybox, with GNU's or busybox's find and tar, once nothing of the program runs any more.
 *
 * @param home the directory that holds `work` and `build`, as a shell writes it; the shell must be in it
 */
export function collectFunction(home: string): string {
  return `collect() {
  [ -n "\${cloche_keeps_modes-}" ] || { chmod u+rwx ${home}; chmod -R u+rwX "$@"; }
  find "$@" -type f -size "+\${cloche_limit}c" -exec sh -c 'for file; do rm -f "$file"; : >"$file"; chmod 7600 "$file"; done' sh {} + \\
    -o -type s -exec sh -c 'for file; do rm -f "$file"; mkfifo "$file"; done' sh {} +
  case $(tar --version) in
    *GNU*) tar --format=gnu --sort=name --hard-dereference -cf - "$@" ;;
    *) tar -cf - "$@" ;;
  esac
}
`;
}
