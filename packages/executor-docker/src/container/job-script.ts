import type { SandboxFile } from '@cloche/sandbox-agent';
import { byteText, environmentFunction, packFiles, shellQuote, withShellsOwn } from '@cloche/sandbox-agent';

/** A program that was started ahead and waits for its own text. */
export interface StartedAhead {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Path of the text in the work directory, without a directory. */
  readonly entry: string;
}

export interface Job {
  readonly files: readonly SandboxFile[];
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly hasStdin: boolean;
  readonly timeoutMs: number;
  /** The directories whose files come back; empty for none. */
  readonly collected: readonly SandboxFile['directory'][];
  /** A file that is larger does not come back. */
  readonly fileLimitBytes: number;
}

const INLINE_LIMIT_BYTES = 64 * 1024;
const RECEIVE_BLOCK_BYTES = 64 * 1024;
/** Text that every shell keeps as it is. */
const PLAIN_TEXT = /^[\t\n\r\u0020-\u007e\u0080-\u00ff]*$/u;

/** What is sent to a container before its job, so that the program waits already. */
export function aheadScript({ argv, environment, entry }: StartedAhead): string {
  return message(`${environmentFunction(environment)}ahead ${[entry, ...argv].map(shellQuote).join(' ')}\n`);
}

/** What waits in the container that gets the job, and whether the job's program is that one. */
export type Waiting = { readonly ahead: null } | { readonly ahead: StartedAhead; readonly isWanted: boolean };

/** What is sent to run a job: the script with its length, and a tar stream where files are many, large or binary. */
export async function jobMessage(job: Job, waiting: Waiting): Promise<Buffer> {
  const fed = waiting.ahead !== null && waiting.isWanted ? waiting.ahead : null;
  const lines: string[] = [];
  if (waiting.ahead !== null && fed === null) lines.push(`dismiss ${shellQuote(waiting.ahead.entry)}`);
  const { inlined, packed } = splitFiles(job.files);
  // With the entry's text the program begins, and must find everything else: so that one comes last.
  for (const { path, content } of inlined) {
    if (path !== fed?.entry) lines.push(`inline ${shellQuote(path)} ${shellQuote(content)}`);
  }
  const archive = packed.length === 0 ? null : await packFiles(packed, RECEIVE_BLOCK_BYTES);
  if (archive !== null) {
    // Whether the work directory can still be compared with what the agent itself knows.
    const hidesWork = packed.some(({ directory }) => directory === 'work') ? '1' : "''";
    lines.push(`receive ${archive.length / RECEIVE_BLOCK_BYTES} ${hidesWork}`);
  }
  if (fed !== null) {
    const text = job.files.find(({ path }) => path === fed.entry)?.content ?? new Uint8Array(0);
    lines.push(`feed ${shellQuote(fed.entry)} ${shellQuote(text)}`);
  } else {
    const command = [job.hasStdin ? 'stdin' : 'none', ...withShellsOwn(job.argv, job.environment)];
    if (Object.hasOwn(job.environment, 'PATH')) lines.push('cloche_resolves=1');
    lines.push(environmentFunction(job.environment) + `launch ${command.map(shellQuote).join(' ')}`);
  }
  const wholeSeconds = Math.floor(job.timeoutMs / 1000);
  const fraction = (job.timeoutMs % 1000) / 1000;
  const [pause, seconds] = fraction > 0 ? [fraction, wholeSeconds] : [1, wholeSeconds - 1];
  lines.push(`finish ${pause} ${seconds} ${job.fileLimitBytes} ${job.collected.join(' ')}`);
  const script = Buffer.from(message(`${lines.join('\n')}\n`), 'latin1');
  return archive === null ? script : Buffer.concat([script, archive]);
}

/**
 * Runs a command whose files stay where they are: the container goes on waiting after it, to be made an image of.
 * Its end is told as a job's is.
 */
export function preparationMessage(
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
  timeoutMs: number,
): Buffer {
  const command = argv.map(shellQuote).join(' ');
  const script = `${environmentFunction(environment)}launch none ${command}\nend_phase 1 ${Math.floor(timeoutMs / 1000)}\ntell_no_files\n`;
  return Buffer.from(message(script), 'latin1');
}

function message(script: string): string {
  return `${script.length}\n${script}`;
}

/** Whether the agent can write the files itself, without the milliseconds that a program for it takes. */
export function canInline(files: readonly SandboxFile[]): boolean {
  return splitFiles(files).packed.length === 0;
}

function splitFiles(files: readonly SandboxFile[]): {
  readonly inlined: readonly SandboxFile[];
  readonly packed: readonly SandboxFile[];
} {
  const inlined = files.filter(isInline);
  const bytes = inlined.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > INLINE_LIMIT_BYTES) return { inlined: [], packed: files };
  return { inlined, packed: files.filter((file) => !isInline(file)) };
}

function isInline({ path, directory, content, executable }: SandboxFile): boolean {
  return (
    directory === 'work' &&
    !executable &&
    !path.includes('/') &&
    content.length <= INLINE_LIMIT_BYTES &&
    PLAIN_TEXT.test(byteText(content))
  );
}
