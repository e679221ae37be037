/**
 * Starts a program without a namespace around it. Words: control-group files, `--`, open files, file size in
 * 512-byte blocks, the command. The number of open files that is then in force goes to descriptor 3.
 *
 * The watchdog in the background ends the whole process group when descriptor 3 ends, which happens
 * when the owner closes it and also when the owner dies in any way. It is started twice removed, so that
 * the program has no child that it did not start itself.
 */
export const DIRECT_LAUNCH_SCRIPT = `
while [ "$1" != -- ]; do
  echo 0 > "$1" || exit 125
  shift
done
shift
( ( read -r _ <&3; kill -9 -$$ ) </dev/null >/dev/null 2>&1 & )
ulimit -c 0 && ulimit -n "$1" && ulimit -f "$2" || exit 125
ulimit -n >&3
exec 3>&-
shift 2
exec "$@"
`;
