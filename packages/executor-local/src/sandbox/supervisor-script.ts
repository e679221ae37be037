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
 * Words: open files, file size in 512-byte blocks, processes or `-`, how many words the compiler's command has,
 * what gives a program its signals back, that command, the program's command.
 *
 * It answers `ready`, then obeys `compile` and `run` from descriptor 4 and tells each end as
 * `ended CODE` on descriptor 3. A shell's exit code does not tell a signal from a number, so what it calls the
 * job's end goes there too: `Broken pipe` or `Done(141)`. Only a job in the background has such a name, and
 * there SIGINT and SIGQUIT are ignored, which the word given for that sets right.
 * After each phase it ends whatever is left; it then stays until the orders end.
 */
export const SUPERVISOR_SCRIPT = `
exec 2>&3
/bin/cp -R /cloche/input/. . || exit 1
ulimit -c 0 && ulimit -n "$1" && ulimit -f "$2" || exit 1
if [ "$3" != - ]; then (ulimit -u "$3") 2>/dev/null && ulimit -u "$3" || ulimit -p "$3" || exit 1; fi
count=$4
reset=$5
shift 5
compile() {
  total=$#
  index=0
  for word in "$@"; do
    index=$((index + 1))
    [ "$index" -gt "$count" ] || set -- "$@" "$word"
  done
  shift "$total"
  (exec $reset "$@" </dev/null >&5 2>&6 3>&- 4<&- 5>&- 6>&- 7<&- 8>&- 9>&-) &
  wait "$!"
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
      (exec $reset "$@" <&7 >&8 2>&9 3>&- 4<&- 5>&- 6>&- 7<&- 8>&- 9>&-) &
      wait "$!"
      code=$?
      exec 7<&- 8>&- 9>&-
      ;;
  esac
  jobs >&3
  kill -9 -1 2>/dev/null
  echo "ended $code" >&3
done
`;
