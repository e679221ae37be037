import { CHUNK_BYTES } from './agent-script.ts';
import { enterControlDirectory } from './control-directory.ts';

/** Streams of a job; see the agent. */
export const STREAMS = ['s', 'i', 'co', 'ce', 'ro', 're', 'f'] as const;
export type StreamName = (typeof STREAMS)[number];

/** The number of the next chunk of each stream. Everything before it has arrived, and may be removed. */
export type StreamCursors = Readonly<Record<StreamName, number>>;

export const FIRST_CURSORS: StreamCursors = Object.fromEntries(
  STREAMS.map((name) => [name, 0]),
) as StreamCursors;

/** Chunks of one stream in one answer, at the most: some two megabytes. */
export const CHUNKS_PER_ANSWER = 32;
/** How long a poll waits where nothing happens: long enough to be rare, shorter than any proxy's patience. */
export const POLL_WAIT_MS = 10_000;

/**
 * Waits until the job has something to tell, and tells it: lines `D STREAM FROM TO BASE64`, then one of `E` (it goes
 * on), `cut` (there is more than an answer holds), `done` (that was all), `gone` (its agent was ended) or `lost` (there
 * is no such job here). Output is told at once but for a few milliseconds in which its end may follow.
 *
 * @param cursors what has arrived; asked again with the same ones, it tells the same again
 */
export function pollCommand(id: string, cursors: StreamCursors): string {
  const acknowledged = STREAMS.flatMap((name) => removable(name, cursors[name]));
  const numbers = STREAMS.map((name) => `${name}:${cursors[name]}`).join(' ');
  return `[ -z "\${ZSH_VERSION-}" ] || emulate sh
${enterControlDirectory(id)}
if ! cd "$c" 2>/dev/null || ! cd out; then echo lost; exit; fi
${acknowledged.length === 0 ? '' : `rm -f ${acknowledged.join(' ')}`}
agent=
[ ! -r ../pid ] || read -r agent <../pid
waited=0 quiet=0 lingered=0 ended=E
while :; do
  if [ -e ../done ]; then ended=done; break; fi
  if [ -n "$agent" ] && ! kill -0 "$agent" 2>/dev/null; then
    [ ! -e ../done ] || continue
    ended=gone
    break
  fi
  found=
  for n in ${numbers}; do
    f=\${n%:*}.\${n#*:}
    [ -e "$f+" ] || continue
    case $n in s:*) found=\${found:-said} ;; *) found=data ;; esac
    f=\${n%:*}.$((\${n#*:} + ${CHUNKS_PER_ANSWER - 1}))
    [ ! -e "$f+" ] || { found=full; break; }
  done
  case $found in
    full) break ;;
    data) [ "$lingered" -lt 3 ] || break; lingered=$((lingered + 1)); pause=0.01 ;;
    said) [ "$quiet" -lt 12 ] || break; quiet=$((quiet + 1)); pause=0.01 ;;
    *) if [ "$waited" -lt 100 ]; then pause=0.01; else pause=0.04; fi ;;
  esac
  waited=$((waited + 1))
  [ "$waited" -lt 320 ] || break
  sleep "$pause"
done
for n in ${numbers}; do
  f=\${n%:*} k=\${n#*:} files=
  first=$k
  while [ -e "$f.$k+" ] && [ "$((k - first))" -lt ${CHUNKS_PER_ANSWER} ]; do files="$files $f.$k"; k=$((k + 1)); done
  if [ -e "$f.$k+" ]; then ended=cut; fi
  [ -n "$files" ] || continue
  printf '\\nD %s %s %s ' "$f" "$first" "$k"
  cat $files | head -c "$(((k - first) * ${CHUNK_BYTES}))" | base64 | tr -d '\\n'
done
printf '\\n%s\\n' "$ended"`;
}

/** Names of the chunks that are no longer needed. Those long before were removed by the polls before. */
function removable(name: StreamName, next: number): string[] {
  const first = Math.max(0, next - 2 * CHUNKS_PER_ANSWER);
  return Array.from(
    { length: next - first },
    (_, index) => `${name}.${first + index} ${name}.${first + index}+`,
  );
}
