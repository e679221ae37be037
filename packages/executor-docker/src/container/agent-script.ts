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
  `while read -r line; do case $line in *"${AGENT_ANNOUNCEMENT}"*) break;; esac; done
agent=$(dd bs="\${line##* }" count=1 iflag=fullblock 2>/dev/null)
eval "$agent"`,
];

/** Signals that bash has handlers for: the kernel passes them on to process 1, and each would end it. */
const DEADLY_SIGNALS = 'HUP INT ILL TRAP ABRT BUS FPE USR1 SEGV USR2 PIPE ALRM TERM XCPU XFSZ VTALRM SYS';

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
locale=\${LC_ALL-}
LC_ALL=C
trap '' ${DEADLY_SIGNALS}
[ -z "\${BASH_VERSION-}" ] || shopt -s nullglob dotglob
mkdir -p ${HOME_OF_AGENT}/work ${HOME_OF_AGENT}/build ${HOME_OF_AGENT}/home ${HOME_OF_AGENT}/tmp
cd ${HOME_OF_AGENT} || exit 1
mkfifo control
exec 3<>control
rm control
groups=/sys/fs/cgroup
if [ -f "$groups/cgroup.controllers" ]; then
  memory_limit=$groups/memory.max swap_limit=$groups/memory.swap.max memory_events=$groups/memory.events
  process_limit=$groups/pids.max process_events=$groups/pids.events
  processor_limit=$groups/cpu.max processor_period=/dev/null
else
  memory_limit=$groups/memory/memory.limit_in_bytes swap_limit=$groups/memory/memory.memsw.limit_in_bytes
  memory_events=$groups/memory/memory.oom_control
  process_limit=$groups/pids/pids.max process_events=$groups/pids/pids.events
  processor_limit=$groups/cpu/cpu.cfs_quota_us processor_period=$groups/cpu/cpu.cfs_period_us
fi
count=0
received=
environment() { :; }

tell_first_line() {
  text=
  [ ! -r "$2" ] || read -r text <"$2"
  printf '%s %s\\n' "$1" "$text" >&4
}
greet() {
  tell_first_line memory "$memory_limit"
  tell_first_line swap "$swap_limit"
  tell_first_line processes "$process_limit"
  tell_first_line processors "$processor_limit"
  tell_first_line period "$processor_period"
  printf 'files ' >&4
  ulimit -n >&4
  while read -r name text; do
    case $name in Uid:|Gid:|CapEff:|CapBnd:|NoNewPrivs:|Seccomp:) printf '%s %s\\n' "$name" "$text" >&4 ;; esac
  done </proc/self/status
  while read -r device place kind options; do
    case $place in /|${SCRATCH_MOUNT}) printf 'mount %s %s %s\\n' "$place" "$kind" "$options" >&4 ;; esac
  done </proc/self/mounts
  while read -r address names; do
    case " $names " in *' localhost '*) printf 'localhost %s\\n' "$address" >&4 ;; esac
  done </etc/hosts
  printf 'ready %s\\n' "\${BASH_VERSION:+bash}" >&4
}

inline() {
  count=$((count + 1))
  eval "name_$count=\\$1 text_$count=\\$2"
  printf %s "$2" >"work/$1"
}
receive() {
  received=$2
  dd bs=65536 count="$1" iflag=fullblock <&6 | tar -xf -
}

# A name of its own, since the shell's word for a job holds its text, and each byte of that takes time.
program() {
  echo 1000 2>/dev/null >/proc/self/oom_score_adj
  exec "$@" <&6 >&4 2>&5 3>&- 4>&- 5>&- 6<&-
}
launch() {
  (
    input=$1
    shift
    set -m 2>/dev/null
    trap - ${DEADLY_SIGNALS}
    exec 2>&3
    cd work || exit
    if [ -n "$locale" ]; then LC_ALL=$locale; else unset LC_ALL; fi
    unset OLDPWD
    export HOME=${HOME_OF_AGENT}/home TMPDIR=${HOME_OF_AGENT}/tmp LANG="\${LANG:-C.UTF-8}"
    environment
    [ "$input" = stdin ] || exec 6</dev/null
    program "$@" &
    exec 4>&- 5>&- 6<&-
    wait "$!"
    code=$?
    jobs
    echo "ended $code"
  ) >&3 &
  worker=$!
  if [ "$1" = stdin ]; then exec 6<&-; fi
  watched=$1
}

ahead() {
  mkfifo "work/$1"
  shift
  launch none "$@"
}
feed() {
  exec 7<>"work/$1"
  inline "$1.new" "$2"
  eval "name_$count=\\$1"
  mv -f "work/$1.new" "work/$1"
  printf %s "$2" >&7
  exec 7>&-
}
dismiss() {
  kill -9 -1
  while kill -0 "$worker"; do read -r -t 0.002 line <&3; done
  while read -t 0 <&3; do read -r line <&3; done
  rm -f "work/$1"
}

# Hundredths of a second, by a clock that nobody sets.
read_clock() {
  read -r now line </proc/uptime
  now=\${now%.*}\${now#*.}
}
is_over() {
  if [ -z "\${BASH_VERSION-}" ]; then
    left=$((left - 1))
    [ "$left" -lt 0 ]
  else
    read_clock
    [ "$((10#$now))" -ge "$end" ]
  fi
}
# While bash reads it reaps nothing, so that it reads for short times: a program's orphans would use up its processes.
watch() {
  pause=$1
  left=$2
  said=
  count_said=0
  partial=
  ended=
  late=
  gone=
  if [ -n "\${BASH_VERSION-}" ]; then
    read_clock
    case $pause in 0.*) end=\${pause#0.}00 end=$((10#\${end:0:2})) ;; *) end=100 ;; esac
    end=$((10#$now + end + left * 100))
    pause=0.05
  fi
  while :; do
    while IFS= read -r -t "$pause" line <&3; do
      line=$partial$line
      partial=
      case $line in
        'ended '*) ended=\${line#ended }; return ;;
        *) said="$said$line " count_said=$((count_said + 1)) ;;
      esac
      # The worker says a few words; a program that floods the pipe would keep the deadline from being looked at.
      [ "$count_said" -lt 1000 ] || return
    done
    # Its time may end in the middle of a line, whose beginning would be lost, or without IFS a space at its end.
    partial=$partial$line
    jobs >/dev/null
    [ -z "$gone" ] || return
    if is_over; then late=1; return; fi
    [ -n "\${BASH_VERSION-}" ] || pause=1
    # What it has said before it went is read to its end.
    kill -0 "$worker" || gone=1 pause=1
    if [ "$watched" = none ] && [ -n "\${BASH_VERSION-}" ] && read -t 0 <&6; then
      # Its end, and not what a program has written into it by way of /proc.
      read -r -t 0.01 line <&6
      [ "$?" -ne 1 ] || exit 0
    fi
  done
}
end_everything() {
  set -- /proc/[0-9]*
  while [ "$#" -gt 1 ]; do
    kill -9 -1
    read -r -t 0.01 line <&3
    jobs >/dev/null
    set -- /proc/[0-9]*
  done
}
tell_counter() {
  value=
  if [ -r "$2" ]; then
    while read -r name number; do [ "$name" != "$3" ] || value=$number; done <"$2"
  fi
  printf '%s %s\\n' "$1" "$value" >&4
}
is_unchanged() {
  [ -n "\${BASH_VERSION-}" ] && [ -z "$received" ] || return 1
  set -- work/*
  [ "$#" -eq "$count" ] || return 1
  index=0
  while [ "$index" -lt "$count" ]; do
    index=$((index + 1))
    eval "file=work/\\$name_$index expected=\\$text_$index"
    [ -f "$file" ] && [ ! -L "$file" ] && [ ! -x "$file" ] || return 1
    text=
    IFS= read -r -d '' text <"$file" && return 1
    [ "$text" = "$expected" ] || return 1
  done
}
collect() {
  chmod u+rwx ${HOME_OF_AGENT}
  chmod -R u+rwX "$@"
  find "$@" -type f -size "+\${limit}c" -exec sh -c 'for file; do : >"$file"; chmod 7600 "$file"; done' sh {} + \\
    -o -type s -exec sh -c 'for file; do rm -f "$file"; mkfifo "$file"; done' sh {} +
  case $(tar --version) in
    *GNU*) tar --format=gnu --sort=name --hard-dereference -cf - "$@" >&4 ;;
    *) tar -cf - "$@" >&4 ;;
  esac
}
end_phase() {
  watch "$1" "$2"
  end_everything
  # A program may have left them so that a write into a full pipe fails; opened anew they wait.
  if true >/proc/self/fd/4 && true >/proc/self/fd/5; then exec 4>/proc/self/fd/4 5>/proc/self/fd/5; fi
  printf %s "$marker" >&4
  printf %s "$marker" >&5
  printf 'ended %s\\nlate %s\\nsaid %s\\n' "$ended" "$late" "$said" >&4
  tell_counter killed "$memory_events" oom_kill
  tell_counter refused "$process_events" max
  if printf x >probe; then echo 'full ' >&4; else echo 'full 1' >&4; fi
}
tell_no_files() {
  printf 'files none\\n%s' "$marker" >&4
}
finish() {
  end_phase "$1" "$2"
  limit=$3
  shift 3
  if [ "$#" -eq 0 ] || { [ "$*" = work ] && is_unchanged; }; then
    tell_no_files
  else
    echo 'files tar' >&4
    collect "$@"
    printf %s "$marker" >&4
  fi
  # Its end would keep the engine busy; the host says when.
  read -r -t 30 line <&6
  exit 0
}

greet
while read -r -t "$idle" line <&6; do
  eval "$(dd bs="$line" count=1 iflag=fullblock <&6)"
done
`;
