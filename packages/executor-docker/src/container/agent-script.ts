import { collectFunction } from '@cloche/sandbox-agent';

/** Everything that one container holds lies below it: one tmpfs, so that its size bounds them together. */
export const SCRATCH_MOUNT: string = '/tmp';
const HOME_OF_AGENT: string = `${SCRATCH_MOUNT}/cloche`;

/** What the agent's own text is announced with: Podman puts the body of the attach request before it. */
export const AGENT_ANNOUNCEMENT: string = 'cloche-agent ';

/**
 * The container's command. The agent's text comes through stdin, so that a program that lists processes does not
 * see it, nor what marks its end. bash is taken where it is: its `read` has fractions of a second, and it can
 * start a program with its signals as they should be; any other shell must have `read -t`, as busybox has.
 */
export const AGENT_COMMAND: readonly string[] = [
  '/bin/sh',
  '-c',
  'exec "$(command -v bash || echo /bin/sh)" -c "$0" cloche',
  `while read -r cloche_line; do case $cloche_line in *"${AGENT_ANNOUNCEMENT}"*) break;; esac; done
eval "$(dd bs="\${cloche_line##* }" count=1 iflag=fullblock 2>/dev/null)"`,
];

/** Signals that bash has handlers for: the kernel passes them on to process 1, and each would end it. */
const DEADLY_SIGNALS = 'HUP INT ILL TRAP ABRT BUS FPE USR1 SEGV USR2 PIPE ALRM TERM XCPU XFSZ VTALRM SYS';

/** Variables of bash that are computed anew whenever they are read, until they are unset. */
const SHELL_VARIABLES =
  'RANDOM SRANDOM SECONDS LINENO BASHPID EPOCHSECONDS EPOCHREALTIME HISTCMD BASH_COMMAND BASH_SUBSHELL DIRSTACK GROUPS FUNCNAME OPTIND';

/**
 * The shell program that is process 1 of every container. It tells what holds it, waits for one job, runs it, and
 * tells how it ended. The program cannot send it a signal that ends or stops it, so it is the agent itself that keeps
 * the time, in `read -t`. It does without other programs wherever the result waits: each one costs a millisecond.
 *
 * Descriptors: 3 is a pipe on which the worker tells how the program ended, 4 and 5 are the container's stdout and
 * stderr, 6 its stdin.
 *
 * The host sends `marker` and `idle` before it. What it sends after `ready` is evaluated: calls of `environment`,
 * `ahead`, `feed`, `dismiss`, `inline`, `receive`, `launch` and `finish`, the last of which ends the container.
 */
export const AGENT_SCRIPT: string = `
exec 6<&0 4>&1 5>&2 0</dev/null 1>/dev/null 2>/dev/null
umask 022
cloche_locale=\${LC_ALL-}
LC_ALL=C
trap '' ${DEADLY_SIGNALS}
[ -z "\${BASH_VERSION-}" ] || shopt -s nullglob dotglob
mkdir -p ${HOME_OF_AGENT}/work ${HOME_OF_AGENT}/build ${HOME_OF_AGENT}/home ${HOME_OF_AGENT}/tmp
cd ${HOME_OF_AGENT} || exit 1
mkfifo control
exec 3<>control
rm control
cloche_groups=/sys/fs/cgroup
if [ -f "$cloche_groups/cgroup.controllers" ]; then
  cloche_memory_limit=$cloche_groups/memory.max cloche_swap_limit=$cloche_groups/memory.swap.max
  cloche_memory_events=$cloche_groups/memory.events
  cloche_process_limit=$cloche_groups/pids.max cloche_process_events=$cloche_groups/pids.events
  cloche_processor_limit=$cloche_groups/cpu.max cloche_processor_period=/dev/null
else
  cloche_memory_limit=$cloche_groups/memory/memory.limit_in_bytes
  cloche_swap_limit=$cloche_groups/memory/memory.memsw.limit_in_bytes
  cloche_memory_events=$cloche_groups/memory/memory.oom_control
  cloche_process_limit=$cloche_groups/pids/pids.max cloche_process_events=$cloche_groups/pids/pids.events
  cloche_processor_limit=$cloche_groups/cpu/cpu.cfs_quota_us cloche_processor_period=$cloche_groups/cpu/cpu.cfs_period_us
fi
cloche_count=0
cloche_received=
cloche_resolves=
environment() { :; }

tell_first_line() {
  cloche_text=
  [ ! -r "$2" ] || read -r cloche_text <"$2"
  printf '%s %s\\n' "$1" "$cloche_text" >&4
}
greet() {
  tell_first_line memory "$cloche_memory_limit"
  tell_first_line swap "$cloche_swap_limit"
  tell_first_line processes "$cloche_process_limit"
  tell_first_line processors "$cloche_processor_limit"
  tell_first_line period "$cloche_processor_period"
  printf 'files ' >&4
  ulimit -n >&4
  while read -r cloche_name cloche_text; do
    case $cloche_name in
      Uid:|Gid:|CapEff:|CapBnd:|NoNewPrivs:|Seccomp:) printf '%s %s\\n' "$cloche_name" "$cloche_text" >&4 ;;
    esac
  done </proc/self/status
  while read -r cloche_device cloche_place cloche_kind cloche_options; do
    case $cloche_place in
      /|${SCRATCH_MOUNT}) printf 'mount %s %s %s\\n' "$cloche_place" "$cloche_kind" "$cloche_options" >&4 ;;
    esac
  done </proc/self/mounts
  while read -r cloche_address cloche_names; do
    case " $cloche_names " in *' localhost '*) printf 'localhost %s\\n' "$cloche_address" >&4 ;; esac
  done </etc/hosts
  printf 'ready %s\\n' "\${BASH_VERSION:+bash}" >&4
}

inline() {
  cloche_count=$((cloche_count + 1))
  eval "cloche_name_$cloche_count=\\$1 cloche_text_$cloche_count=\\$2"
  printf %s "$2" >"work/$1"
}
receive() {
  cloche_received=$2
  dd bs=65536 count="$1" iflag=fullblock <&6 | tar -xf -
}

# A name of its own, since the shell's word for a job holds its text, and each byte of that takes time.
program() {
  echo 1000 2>/dev/null >/proc/self/oom_score_adj
  exec "$@" <&6 >&4 2>&5 3>&- 4>&- 5>&- 6<&-
}
launch() {
  (
    [ "$1" = stdin ] || exec 6</dev/null
    shift
    # Found on the image's own PATH, where the program is to have another.
    [ -z "$cloche_resolves" ] || { cloche_file=$(command -v "$1") && shift && set -- "$cloche_file" "$@"; }
    set -m 2>/dev/null
    trap - ${DEADLY_SIGNALS}
    exec 2>&3
    cd work || exit
    if [ -n "$cloche_locale" ]; then LC_ALL=$cloche_locale; else unset LC_ALL; fi
    unset OLDPWD ${SHELL_VARIABLES}
    export HOME=${HOME_OF_AGENT}/home TMPDIR=${HOME_OF_AGENT}/tmp LANG="\${LANG:-C.UTF-8}"
    environment
    program "$@" &
    exec 4>&- 5>&- 6<&-
    wait "$!"
    cloche_code=$?
    jobs
    echo "ended $cloche_code"
  ) >&3 &
  cloche_worker=$!
  # The agent keeps the container's stdin open: where nobody reads it any more, Podman cuts the connection.
  cloche_watched=$1
}

ahead() {
  mkfifo "work/$1"
  shift
  launch none "$@"
}
feed() {
  exec 7<>"work/$1"
  cloche_count=$((cloche_count + 1))
  eval "cloche_name_$cloche_count=\\$1 cloche_text_$cloche_count=\\$2"
  printf %s "$2" >text
  mv -f text "work/$1"
  printf %s "$2" >&7
  exec 7>&-
}
dismiss() {
  kill -9 -1
  while kill -0 "$cloche_worker"; do read -r -t 0.002 cloche_line <&3; done
  while read -t 0 <&3; do read -r cloche_line <&3; done
  rm -f "work/$1"
}

# Hundredths of a second, by a clock that nobody sets.
read_clock() {
  cloche_now=
  read -r cloche_now cloche_line </proc/uptime
  cloche_now=\${cloche_now%.*}\${cloche_now#*.}
}
is_over() {
  if [ -z "\${BASH_VERSION-}" ]; then
    cloche_left=$((cloche_left - 1))
    [ "$cloche_left" -lt 0 ]
  else
    read_clock
    # Where it cannot be read any more, somebody has seen to that.
    [ -z "$cloche_now" ] || [ "$((10#$cloche_now))" -ge "$cloche_end" ]
  fi
}
# While bash reads it reaps nothing, so that it reads for short times: a program's orphans would use up its processes.
watch() {
  cloche_pause=$1
  cloche_left=$2
  cloche_said=
  cloche_count_said=0
  cloche_partial=
  cloche_ended=
  cloche_late=
  cloche_gone=
  if [ -n "\${BASH_VERSION-}" ]; then
    read_clock
    case $cloche_pause in
      0.*) cloche_end=\${cloche_pause#0.}00 cloche_end=$((10#\${cloche_end:0:2})) ;;
      *) cloche_end=100 ;;
    esac
    cloche_end=$((10#$cloche_now + cloche_end + cloche_left * 100))
    cloche_pause=0.05
  fi
  while :; do
    while IFS= read -r -t "$cloche_pause" cloche_line <&3; do
      cloche_line=$cloche_partial$cloche_line
      cloche_partial=
      case $cloche_line in
        'ended '*) cloche_ended=\${cloche_line#ended }; return ;;
        *) cloche_said="$cloche_said$cloche_line " cloche_count_said=$((cloche_count_said + 1)) ;;
      esac
      # The worker says a few words; a program that floods the pipe would keep the deadline from being looked at.
      [ "$cloche_count_said" -lt 1000 ] || return
    done
    # Its time may end in the middle of a line, whose beginning would be lost, or without IFS a space at its end.
    cloche_partial=$cloche_partial$cloche_line
    jobs >/dev/null
    if [ -n "$cloche_gone" ]; then
      # bash's time may be over between a line's end and its next step: the line is then whole, and no other follows.
      case $cloche_partial in 'ended '*) cloche_ended=\${cloche_partial#ended } ;; esac
      return
    fi
    if is_over; then cloche_late=1; return; fi
    [ -n "\${BASH_VERSION-}" ] || cloche_pause=1
    # What it has said before it went is read to its end.
    kill -0 "$cloche_worker" || cloche_gone=1 cloche_pause=1
    if [ "$cloche_watched" = none ] && [ -n "\${BASH_VERSION-}" ] && read -t 0 <&6; then
      # Its end, and not what a program has written into it by way of /proc.
      read -r -t 0.01 cloche_line <&6
      [ "$?" -ne 1 ] || exit 0
    fi
  done
}
end_everything() {
  set -- /proc/[0-9]*
  while [ "$#" -gt 1 ]; do
    kill -9 -1
    read -r -t 0.01 cloche_line <&3
    jobs >/dev/null
    set -- /proc/[0-9]*
  done
}
tell_counter() {
  cloche_value=
  if [ -r "$2" ]; then
    while read -r cloche_name cloche_number; do [ "$cloche_name" != "$3" ] || cloche_value=$cloche_number; done <"$2"
  fi
  printf '%s %s\\n' "$1" "$cloche_value" >&4
}
is_unchanged() {
  [ -n "\${BASH_VERSION-}" ] && [ -z "$cloche_received" ] || return 1
  set -- work/*
  [ "$#" -eq "$cloche_count" ] || return 1
  cloche_index=0
  while [ "$cloche_index" -lt "$cloche_count" ]; do
    cloche_index=$((cloche_index + 1))
    eval "cloche_file=work/\\$cloche_name_$cloche_index cloche_expected=\\$cloche_text_$cloche_index"
    [ -f "$cloche_file" ] && [ ! -L "$cloche_file" ] && [ ! -x "$cloche_file" ] || return 1
    cloche_text=
    IFS= read -r -d '' cloche_text <"$cloche_file" && return 1
    [ "$cloche_text" = "$cloche_expected" ] || return 1
  done
}
${collectFunction(HOME_OF_AGENT)}end_phase() {
  watch "$1" "$2"
  end_everything
  # A program may have left them so that a write into a full pipe fails; opened anew they wait.
  if true >/proc/self/fd/4 && true >/proc/self/fd/5; then exec 4>/proc/self/fd/4 5>/proc/self/fd/5; fi
  printf %s "$cloche_marker" >&4
  printf %s "$cloche_marker" >&5
  printf 'ended %s\\nlate %s\\nsaid %s\\n' "$cloche_ended" "$cloche_late" "$cloche_said" >&4
  tell_counter killed "$cloche_memory_events" oom_kill
  tell_counter refused "$cloche_process_events" max
  # Nobody is left to put anything there; what a program has put there before, a pipe even, is not opened.
  if [ -e probe ] || [ -L probe ] || printf x >probe; then echo 'full ' >&4; else echo 'full 1' >&4; fi
}
tell_no_files() {
  printf 'files none\\n%s' "$cloche_marker" >&4
}
finish() {
  end_phase "$1" "$2"
  cloche_limit=$3
  shift 3
  if [ "$#" -eq 0 ] || { [ "$*" = work ] && is_unchanged; }; then
    tell_no_files
  else
    echo 'files tar' >&4
    collect "$@" >&4
    printf %s "$cloche_marker" >&4
  fi
  # Its end would keep the engine busy; the host says when, or is no more. What it had for the program goes by.
  while read -r -t 30 cloche_line <&6; do :; done
  exit 0
}

greet
while read -r -t "$cloche_idle" cloche_line <&6; do
  eval "$(dd bs="$cloche_line" count=1 iflag=fullblock <&6)"
done
`;
