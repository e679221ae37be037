import { randomBytes } from 'node:crypto';
import { environmentFunction, packFiles, shellQuote, withShellsOwn } from '@cloche/sandbox-agent';
import { AGENT_SCRIPT, AGENT_TOOLS } from './agent-script.ts';
import { enterControlDirectory, forgetJob, inputDirectory } from './control-directory.ts';
import type { Job, JobPhase } from './job.ts';
import type { StreamCursors } from './poll-command.ts';
import { pollCommand } from './poll-command.ts';

/** The toolbox's shell reads its script byte by byte, so that more than this is quicker as an upload. */
const INLINE_LIMIT_BYTES = 32 * 1024;
const TAR_BLOCK_BYTES = 512;
const END_MARK_BYTES = 8;
/** Headers, and files that are fetched only to be told from those that were given. */
const ARCHIVE_SPARE_BYTES = 128 * 1024 * 1024;

/** A file that has to be in the sandbox before the launch. */
export interface LaunchUpload {
  readonly path: string;
  readonly content: Buffer;
}

export interface Launch {
  /** For the toolbox's shell. Sent twice it starts the job once. */
  readonly command: string;
  readonly uploads: readonly LaunchUpload[];
}

/** Starts the job and waits, as {@link pollCommand} does, for the first that there is to tell. */
export async function launchCommand(job: Job, cursors: StreamCursors): Promise<Launch> {
  const archive = await packFiles(job.files, TAR_BLOCK_BYTES);
  const stdin = job.stdin.kind === 'bytes' ? Buffer.from(job.stdin.content) : Buffer.alloc(0);
  const isInline = archive.length + stdin.length <= INLINE_LIMIT_BYTES;
  const arrived = `/tmp/cloche-${job.id}`;
  const uploads = isInline
    ? []
    : [
        { path: `${arrived}.files`, content: archive },
        { path: `${arrived}.stdin`, content: stdin },
      ];
  const unpack = isInline
    ? [
        `printf %s ${archive.toString('base64')} | base64 -d | tar -xf - -C "$p" || bad=files`,
        `printf %s '${stdin.toString('base64')}' | base64 -d >"$c/stdin" || bad=files`,
      ]
    : [
        `tar -xf ${arrived}.files -C "$p" && mv ${arrived}.stdin "$c/stdin" || bad=files`,
        `rm -f ${arrived}.files`,
      ];
  // Nothing in the job can end its own text.
  const endMark = `CLOCHE_${randomBytes(END_MARK_BYTES).toString('hex')}`;
  const command = [
    '[ -z "${ZSH_VERSION-}" ] || emulate sh',
    enterControlDirectory(job.id),
    `p=${quoted(job.places)}`,
    'bad=',
    // Only the first of two launches finds no directory.
    'if mkdir -m 700 "$c" 2>/dev/null; then',
    `for t in ${AGENT_TOOLS.join(' ')}; do command -v "$t" >/dev/null 2>&1 || bad="$bad $t"; done`,
    ...job.formerIds.map(forgetJob),
    `mkdir "$c/out" && mkdir -m 700 ${inputDirectory(job.id)} || bad=directories`,
    'mkdir -p "$p/work" "$p/build" "$p/home" "$p/tmp" || bad=directories',
    '[ -n "$bad" ] || mkfifo "$c/control" || bad=control',
    'if [ -z "$bad" ]; then',
    ...unpack,
    'fi',
    `cat >"$c/agent" <<'${endMark}'`,
    agentText(job),
    endMark,
    'if [ -n "$bad" ]; then printf "unusable %s\\n" "$bad" >"$c/out/s.0"; : >"$c/out/s.0+"; : >"$c/done"; else',
    's=$(command -v bash || echo /bin/sh)',
    'if command -v setsid >/dev/null 2>&1; then setsid "$s" "$c/agent" </dev/null >/dev/null 2>&1 &',
    'else "$s" "$c/agent" </dev/null >/dev/null 2>&1 & fi',
    'echo $! >"$c/pid"',
    'fi',
    'fi',
    pollCommand(job.id, cursors),
  ];
  return { command: command.join('\n'), uploads };
}

function agentText(job: Job): string {
  return [
    enterControlDirectory(job.id),
    `p=${quoted(job.places)}`,
    `cloche_id=${job.id}`,
    `cloche_needed=${quoted(job.programs.join(' '))}`,
    `cloche_memory_limit=${job.memoryBytes} cloche_process_limit=${job.processCount}`,
    `cloche_open_files=${job.openFileCount}`,
    `cloche_input=${inputDirectory(job.id)}`,
    utf8(environmentFunction(job.environment)),
    // A name of the request's must not change the mark by which the program is found.
    `mark() { export CLOCHE_EXECUTION=${job.id}; }`,
    `cloche_session=${job.keepsFiles ? '1' : ''}`,
    job.compile === null
      ? 'compile() { :; }'
      : `compile() { ${phase(job, 'compile', job.compile, 'none')}\n[ "$cloche_code" = 0 ] && [ "$cloche_reason" = - ]; }`,
    `run() { ${phase(job, 'run', job.run, job.stdin.kind)}\n}`,
    AGENT_SCRIPT,
    `run_job ${job.fileLimitBytes === null ? '' : `${job.fileLimitBytes} ${2 * job.fileLimitBytes + ARCHIVE_SPARE_BYTES}`}`,
    ': >"$c/done"',
  ].join('\n');
}

function phase(
  { environment }: Job,
  name: 'compile' | 'run',
  { argv, timeoutMs }: JobPhase,
  stdin: string,
): string {
  const hundredths = Math.max(1, Math.ceil(timeoutMs / 10));
  const command = withShellsOwn(argv, environment).map(quoted).join(' ');
  return `run_phase ${name} ${hundredths} ${stdin} ${command}`;
}

function quoted(word: string): string {
  return utf8(shellQuote(word));
}

/** The script travels as JSON, whose text is Unicode, and not as bytes. */
function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
