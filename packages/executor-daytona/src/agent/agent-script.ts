import { collectFunction } from '@cloche/sandbox-agent';

/** Programs that the agent itself needs; a sandbox without one of them runs nothing. */
export const AGENT_TOOLS: readonly string[] = [
  'mkfifo',
  'dd',
  'base64',
  'tar',
  'find',
  'grep',
  'cat',
  'sleep',
];

/** Variables of bash that are computed anew whenever they are read, until they are unset. */
const SHELL_VARIABLES =
  'RANDOM SRANDOM SECONDS LINENO BASHPID EPOCHSECONDS EPOCHREALTIME HISTCMD BASH_COMMAND BASH_SUBSHELL DIRSTACK GROUPS FUNCNAME OPTIND';

/** Written in each chunk at the most; as much as a pipe holds. */
export const CHUNK_BYTES = 65_536;
/** Chunks of one stream that wait to be fetched before its program has to wait. */
const WAITING_CHUNKS = 64;

/**
 * The shell program that runs one job in a sandbox. It needs nobody outside: the deadline, the watched limits and the
 * end of everything that the program started are kept here, and what it has to say lies in numbered files until it is
 * fetched. So a lost answer costs nothing, and no output is lost, altered or unbounded.
 *
 * `$c` is the directory of these files, `$p` the one of the program's directories. Stream NAME is the files
 * `out/NAME.0`, `out/NAME.1` …, each whole once `out/NAME.N+` is there. `s` holds what the agent says, `i` what
 * became of stdin, `co`, `ce`, `ro`, `re` the output of the phases, `f` the files as a tar stream.
 *
 * What is evaluated before it sets `c`, `p`, `cloche_id`, the limits and the commands, and defines `environment`.
 */
export const AGENT_SCRIPT: string = `
umask 022
cd "$c" || exit 1
cloche_said=0
cloche_ticks=0
exec 3<>control
LC_ALL_BEFORE=\${LC_ALL-}
LC_ALL=C

say() {
  printf '%s\\n' "$*" >"out/s.$cloche_said"
  : >"out/s.$cloche_said+"
  cloche_said=$((cloche_said + 1))
}
# Hundredths of a second, by a clock that nobody sets.
read_clock() {
  cloche_now=
  read -r cloche_now cloche_rest </proc/uptime
  cloche_now=\${cloche_now%.*}\${cloche_now#*.}
  while :; do case $cloche_now in 0?*) cloche_now=\${cloche_now#0} ;; *) break ;; esac; done
}
count_kills() {
  cloche_kills=0
  for cloche_file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
    [ -r "$cloche_file" ] || continue
    while read -r cloche_name cloche_number; do
      [ "$cloche_name" != oom_kill ] || cloche_kills=$cloche_number
    done <"$cloche_file"
    return
  done
}
marked() { grep -lszxF "CLOCHE_EXECUTION=$cloche_id" /proc/[0-9]*/environ 2>/dev/null; }
end_everything() {
  cloche_tries=0
  while [ "$cloche_tries" -lt 100 ]; do
    set -- $(marked)
    [ "$#" -gt 0 ] || return
    for cloche_file; do
      cloche_file=\${cloche_file%/environ}
      kill -9 "\${cloche_file#/proc/}" 2>/dev/null
    done
    cloche_tries=$((cloche_tries + 1))
  done
}

# Output waits in files; the program waits where too much of it does, until its phase is over.
pump() {
  cloche_chunk=0
  while :; do
    while [ -e "out/$1.$((cloche_chunk - ${WAITING_CHUNKS}))" ] && [ ! -e "over.$2" ]; do sleep 0.02; done
    dd bs=${CHUNK_BYTES} count=1 of="out/$1.$cloche_chunk" 2>/dev/null || : >"lost.$1"
    [ -s "out/$1.$cloche_chunk" ] || break
    : >"out/$1.$cloche_chunk+"
    cloche_chunk=$((cloche_chunk + 1))
  done
  rm -f "out/$1.$cloche_chunk"
  : >"out/$1.end"
}

feed() {
  case $1 in
    bytes) cat "$c/stdin" ;;
    stream)
      cloche_chunk=0
      cloche_told=0
      while [ ! -e over.run ]; do
        if [ -e "$cloche_input/$cloche_chunk+" ]; then
          if cat "$cloche_input/$cloche_chunk"; then cloche_answer=taken; else cloche_answer=gone; fi
          rm -f "$cloche_input/$cloche_chunk" "$cloche_input/$cloche_chunk+"
          cloche_chunk=$((cloche_chunk + 1))
          echo "$cloche_answer $cloche_chunk" >"out/i.$cloche_told"
          : >"out/i.$cloche_told+"
          cloche_told=$((cloche_told + 1))
          [ "$cloche_answer" = taken ] || return
        elif [ -e "$cloche_input/$cloche_chunk.end" ]; then
          return
        else
          sleep 0.02
        fi
      done ;;
  esac
}

# Found on the sandbox's own PATH, where the program is to have another. A file, even where the shell has a program of
# the same name inside: that would start without an environment of its own, by which it is found.
find_program() {
  cloche_file=$1
  case $1 in */*) return ;; esac
  cloche_file=$(command -v "$1")
  case $cloche_file in /*) return ;; esac
  cloche_path=$PATH:
  while [ -n "$cloche_path" ]; do
    cloche_file=\${cloche_path%%:*}/$1
    cloche_path=\${cloche_path#*:}
    [ ! -x "$cloche_file" ] || return
  done
  cloche_file=$1
}
# In a shell of its own: what the request sets is the program's, and none of the agent's business. What a shell says of a
# locale that is not there must not be taken for what became of the program.
program() {
  {
    if [ -n "$LC_ALL_BEFORE" ]; then LC_ALL=$LC_ALL_BEFORE; else unset LC_ALL; fi
    for cloche_name in $(env | grep -o '^DAYTONA_[A-Z0-9_]*'); do unset "$cloche_name"; done
    export HOME="$p/home" TMPDIR="$p/tmp" LANG="\${LANG:-C.UTF-8}"
    unset OLDPWD LC_ALL_BEFORE
    [ -z "\${BASH_VERSION-}" ] || unset ${SHELL_VARIABLES}
    environment
    mark
  } 2>/dev/null
  exec "$@" <&6 >&4 2>&5 3>&- 4>&- 5>&- 6<&-
}
# Runs in a shell of its own, whose stdin is the program's.
work() {
  cloche_phase=$1
  shift
  exec 6<&0 4>"$cloche_phase.o" 5>"$cloche_phase.e"
  find_program "$1"
  shift
  set -- "$cloche_file" "$@"
  set -m 2>/dev/null
  exec 2>&3
  cd "$p/work" || exit
  program "$@" &
  exec 4>&- 5>&- 6<&-
  wait "$!"
  cloche_code=$?
  jobs
  echo "ended $cloche_phase $cloche_code"
}

# Keeps the time and the limits that nothing here enforces, and sees where the worker was ended by its own program.
watch() {
  cloche_stopped=
  cloche_page=$(getconf PAGESIZE 2>/dev/null) || cloche_page=4096
  read_clock
  cloche_end=$((cloche_now + $2))
  while :; do
    read_clock
    cloche_left=$((cloche_end - cloche_now))
    if [ -n "$cloche_stopped" ]; then
      # What was ended is told by the worker; where it says nothing for seconds, it is not there to say it.
      [ "$cloche_left" -gt -300 ] || { echo "gone $1" >&3; return; }
    elif [ "$cloche_left" -le 0 ]; then
      cloche_stopped=1
      echo "stop $1 timeout" >&3
    else
      measure
      if [ "$cloche_memory" -gt "$cloche_memory_limit" ]; then
        cloche_stopped=1 cloche_end=$cloche_now
        echo "stop $1 memory" >&3
      elif [ "$cloche_count" -gt "$cloche_process_limit" ]; then
        cloche_stopped=1 cloche_end=$cloche_now
        echo "stop $1 processes" >&3
      fi
    fi
    if ! kill -0 "$3" 2>/dev/null; then
      # Its last words may be on their way.
      sleep 0.1
      echo "gone $1" >&3
      return
    fi
    if [ -n "$cloche_stopped" ] || [ "$cloche_left" -ge 10 ]; then sleep 0.1; else sleep "0.0$cloche_left"; fi
  done
}
measure() {
  cloche_memory=0
  cloche_count=0
  for cloche_file in $(marked); do
    cloche_file=\${cloche_file%/environ}
    read -r cloche_all cloche_resident cloche_rest <"$cloche_file/statm" || continue
    cloche_memory=$((cloche_memory + \${cloche_resident:-0} * cloche_page))
    set -- "$cloche_file"/task/*
    cloche_count=$((cloche_count + $#))
  done 2>/dev/null
  [ "$cloche_memory" -le "$cloche_memory_limit" ] || weigh
}
# Pages that processes share were counted for each of them; the kernel's own shares take longer to read.
weigh() {
  cloche_memory=0
  for cloche_file in $(marked); do
    while read -r cloche_name cloche_number cloche_rest; do
      [ "$cloche_name" != Pss: ] || cloche_memory=$((cloche_memory + cloche_number * 1024))
    done <"\${cloche_file%/environ}/smaps_rollup"
  done 2>/dev/null
}

await_file() {
  cloche_tries=0
  while [ ! -e "$1" ] && [ "$cloche_tries" -lt 150 ]; do
    sleep 0.01
    cloche_tries=$((cloche_tries + 1))
  done
}

# run_phase PHASE HUNDREDTHS STDIN COMMAND…; sets cloche_code and cloche_reason.
run_phase() {
  cloche_phase=$1
  cloche_time=$2
  cloche_stdin=$3
  shift 3
  case $cloche_phase in compile) cloche_streams='co ce' ;; *) cloche_streams='ro re' ;; esac
  mkfifo "$cloche_phase.o" "$cloche_phase.e"
  pump "\${cloche_streams% *}" "$cloche_phase" <"$cloche_phase.o" 3>&- &
  cloche_pump_out=$!
  pump "\${cloche_streams#* }" "$cloche_phase" <"$cloche_phase.e" 3>&- &
  cloche_pump_error=$!
  count_kills
  cloche_kills_before=$cloche_kills
  read_clock
  cloche_start=$cloche_now
  say "started $cloche_phase"
  if [ "$cloche_stdin" = none ]; then
    (work "$cloche_phase" "$@") </dev/null >&3 &
  else
    feed "$cloche_stdin" 3>&- | (work "$cloche_phase" "$@") >&3 &
  fi
  cloche_worker=$!
  watch "$cloche_phase" "$cloche_time" "$cloche_worker" &
  cloche_watcher=$!
  cloche_code=-
  cloche_reason=-
  cloche_words=
  while IFS= read -r cloche_line <&3; do
    case $cloche_line in
      "ended $cloche_phase "*) cloche_code=\${cloche_line##* }; break ;;
      "gone $cloche_phase") break ;;
      "stop $cloche_phase "*|'stop all '*)
        [ "$cloche_reason" != - ] || cloche_reason=\${cloche_line##* }
        end_everything ;;
      'gone '*|'stop '*|'ended '*) ;;
      *) [ "\${#cloche_words}" -gt 2000 ] || cloche_words="$cloche_words$cloche_line " ;;
    esac
  done
  read_clock
  cloche_time=$((cloche_now - cloche_start))
  : >"over.$cloche_phase"
  { kill "$cloche_watcher"; wait "$cloche_watcher"; } 2>/dev/null
  end_everything
  count_kills
  # Whoever got away may still hold the pipes; what was written so far is read in no time.
  for cloche_stream in $cloche_streams; do await_file "out/$cloche_stream.end"; done
  kill "$cloche_pump_out" "$cloche_pump_error" 2>/dev/null
  for cloche_stream in $cloche_streams; do
    [ ! -e "lost.$cloche_stream" ] || say "lost $cloche_stream"
  done
  say "ended $cloche_phase $cloche_code $cloche_reason $((cloche_kills - cloche_kills_before)) $cloche_time $cloche_words"
}

${collectFunction('.')}
# The files of a session stay as they are: what is looked at are second names of them.
give_files() {
  cloche_limit=$1
  cloche_archive_limit=$2
  cloche_from=$p
  cloche_keeps_modes=$cloche_session
  if [ -n "$cloche_session" ]; then
    cloche_from=$p/given
    rm -rf "$cloche_from"
    mkdir "$cloche_from" && cp -Rpl "$p/work" "$cloche_from/work"
  fi 2>/dev/null
  (cd "$cloche_from" && collect work) 2>/dev/null 3>&- | head -c "$cloche_archive_limit" | pump f files
  [ -z "$cloche_session" ] || rm -rf "$cloche_from"
}

# run_job FILE-LIMIT ARCHIVE-LIMIT, or nothing where no file comes back.
run_job() {
  for cloche_name in $cloche_needed; do
    command -v "$cloche_name" >/dev/null 2>&1 || { say "missing $cloche_name"; return; }
  done
  ulimit -n "$cloche_open_files" 2>/dev/null
  say "ready $(id -u) $(ulimit -n)"
  compile || return
  run
  [ "$#" -eq 0 ] || { give_files "$1" "$2"; say 'files given'; }
}
`;
