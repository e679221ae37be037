import path from 'node:path';

/** How a client starts the server. */
export interface ServerEntry {
  readonly command: string;
  readonly args: readonly string[];
}

const PACKAGE = '@cloche/mcp-server';
const OWN_PROGRAM = /^cloche(?:-mcp-server)?(?:\.(?:c?js|cmd|exe))?$/u;

/** Fetched by npx, so that the newest one runs. On Windows npx is a script, which only a shell starts. */
export function publishedEntry(platform: NodeJS.Platform): ServerEntry {
  return platform === 'win32'
    ? { command: 'cmd', args: ['/c', 'npx', '-y', PACKAGE] }
    : { command: 'npx', args: ['-y', PACKAGE] };
}

/** The command that is running now, by its absolute path. */
export function localEntry(script: string): ServerEntry {
  return { command: process.execPath, args: [...process.execArgv, path.resolve(script), 'mcp'] };
}

/** Whether an entry starts Cloche, so that it may be changed and removed without being asked to. */
export function isOwnEntry(value: unknown): boolean {
  const { command, args } = (value ?? {}) as Partial<Record<string, unknown>>;
  const words = [command, ...(Array.isArray(args) ? (args as readonly unknown[]) : [])].filter(
    (word) => typeof word === 'string',
  );
  if (words.some((word) => word === PACKAGE || word.startsWith(`${PACKAGE}@`))) return true;
  return words.some((word) => {
    const name = word.split(/[\\/]/u).at(-1) ?? '';
    return OWN_PROGRAM.test(name) || /packages[\\/]cli[\\/]src[\\/]bin\.ts$/u.test(word);
  });
}

/** Whether an entry starts the server in this way already; what its user has added (more arguments, `env`) may be there. */
export function isSameEntry(
  value: unknown,
  entry: ServerEntry,
  extra: Readonly<Record<string, string>>,
): boolean {
  const given = value as Partial<Record<string, unknown>>;
  const args: readonly unknown[] = Array.isArray(given['args']) ? given['args'] : [];
  return (
    given['command'] === entry.command &&
    entry.args.every((word, index) => args[index] === word) &&
    Object.entries(extra).every(([key, text]) => given[key] === text)
  );
}
