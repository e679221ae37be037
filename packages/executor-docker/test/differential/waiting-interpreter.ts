import { shellQuote } from '@cloche/sandbox-agent';

/** What the agent writes before the job when it has seen the interpreter wait. */
export const WAITS = 'an interpreter waits\n';
/** What it writes when there is none after all this time. */
const ABSENT = 'no interpreter waits\n';
const POLL_SECONDS = 0.005;
const POLLS = 3000;

/**
 * Text for the agent, which evaluates it before the job: it looks for a process with this command line of which a
 * thread sleeps in the kernel where `open()` of a FIFO waits for a writer, and says whether there is one. The
 * shell does that by itself, so that no process comes and goes.
 */
export function waitForInterpreter(argv: readonly string[]): Buffer {
  const script = `
seen= polls=${POLLS}
while [ -z "$seen" ] && [ "$polls" -gt 0 ]; do
  polls=$((polls - 1))
  read -r -t ${POLL_SECONDS} line <&3
  for task in /proc/[0-9]*/task/[0-9]*; do
    words=
    while IFS= read -r -d '' word; do words="$words$word|"; done <"$task/cmdline"
    [ "$words" = ${shellQuote(`${argv.join('|')}|`)} ] || continue
    place=
    read -r place <"$task/wchan"
    case $place in wait_for_partner|fifo_open) seen=1 ;; esac
  done
done
if [ -n "$seen" ]; then printf '${WAITS.replace('\n', '\\n')}' >&4; else printf '${ABSENT.replace('\n', '\\n')}' >&4; fi
`;
  return Buffer.from(`${script.length}\n${script}`, 'latin1');
}
