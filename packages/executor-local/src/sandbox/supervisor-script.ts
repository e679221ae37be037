/**
 * Descriptors of the process that is started. bubblewrap itself keeps 0, 1 and 2 open as long as it lives, so
 * the program's streams stand above them: only so do they end when the program's last process has ended.
 */
export const SUPERVISOR_DESCRIPTORS = {
  bubblewrapErrors: 2,
  status: 3,
  orders: 4,
  compileStdout: 5,
  compileStderr: 6,
  stdin: 7,
  stdout: 8,
  stderr: 9,
  options: 10,
  seccomp: 11,
} as const;

/**
 * The shell program that stands between the sandbox and the user's program, inside the sandbox.
 *
 * Words: open files, file size in 512-byte blocks, processes or `-`, how many words the compiler's
 * command has, that command, the program's command.
 *
 * It answers `ready`, then obeys `compile` and `run` from descriptor 4 and tells each end as
 * `ended CODE` on descriptor 3. The shell's own messages go there too: `Killed` in front of
 * `ended 137` is how a signal is told from an exit code of that number. After each phase it ends
 * whatever is left; it then stays, and with it the files, until the orders end.
 */
export const SUPERVISOR_SCRIPT = `
exec 2>&3
/bin/cp -R /cloche/input/. . || exit 1
ulimit -c 0 && ulimit -n "$1" && ulimit -f "$2" || exit 1
if [ "$3" != - ]; then (ulimit -u "$3") 2>/dev/null && ulimit -u "$3" || ulimit -p "$3" || exit 1; fi
count=$4
shift 4
compile() {
  total=$#
  index=0
  for word in "$@"; do
    index=$((index + 1))
    [ "$index" -gt "$count" ] || set -- "$@" "$word"
  done
  shift "$total"
  (exec "$@" </dev/null >&5 2>&6 3>&- 4<&- 5>&- 6>&- 7<&- 8>&- 9>&-)
}
echo ready >&3
while read -r order <&4; do
  case $order in
    compile)
      compile "$@"
      code=$?
      exec 5>&- 6>&-
      ;;
    run)
      shift "$count"
      (exec "$@" <&7 >&8 2>&9 3>&- 4<&- 5>&- 6>&- 7<&- 8>&- 9>&-)
      code=$?
      exec 7<&- 8>&- 9>&-
      ;;
  esac
  kill -9 -1 2>/dev/null
  echo "ended $code" >&3
done
`;
