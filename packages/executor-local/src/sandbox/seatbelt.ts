import { realpathSync } from 'node:fs';
import os from 'node:os';
import { startDirectPlace } from '../place/direct-place.ts';
import type { PlaceSetup } from '../place/place.ts';
import type { Sandbox } from './sandbox.ts';

export const SANDBOX_EXEC = '/usr/bin/sandbox-exec';

/**
 * A profile in the language of macOS's sandbox (SBPL, undocumented by Apple; the rules are those that
 * Chromium and Bazel rely on). Later rules win: everything is denied to write, the home directory to read,
 * and then the execution's own directory and its toolchain are let through.
 */
export function seatbeltProfile(
  root: string,
  setup: Pick<PlaceSetup, 'network' | 'readableDirectories' | 'goCacheDirectory'>,
): string {
  const readable = [
    ...setup.readableDirectories,
    ...(setup.goCacheDirectory === null ? [] : [setup.goCacheDirectory]),
  ];
  return [
    '(version 1)',
    '(allow default)',
    '(deny file-write*)',
    `(deny file-read* (subpath ${quote(os.homedir())}))`,
    ...['/Users', '/Volumes', '/private/var/root', '/private/var/run'].map(
      (directory) => `(deny file-read* (subpath ${quote(directory)}))`,
    ),
    '(allow file-read-metadata)',
    ...readable.map((directory) => `(allow file-read* (subpath ${quote(directory)}))`),
    `(allow file-read* file-write* (subpath ${quote(realpathSync(root))}))`,
    '(allow file-write* (literal "/dev/null") (literal "/dev/zero") (literal "/dev/tty") (regex #"^/dev/fd/"))',
    ...(setup.network === 'none' ? ['(deny network*)'] : []),
    '(deny mach-lookup (global-name "com.apple.securityd") (global-name "com.apple.SecurityServer") (global-name "com.apple.pasteboard.1"))',
    '(deny signal (target others))',
  ].join('\n');
}

/** macOS's own sandbox. Weaker than bubblewrap: no namespaces, so nothing bounds scratch space or processes. */
export function seatbelt(): Sandbox {
  return {
    isolation: 'process',
    detail: 'Seatbelt',
    holdsScratch: false,
    holdsProcesses: false,
    canDenyNetwork: true,
    holdsProcessTree: false,
    warnings: [
      {
        en: 'On macOS memory, processes and disk of a program are not limited, and a process that leaves its group may outlive the run.',
        zh: '在 macOS 上，程序的内存、进程数和磁盘不受限制，脱离进程组的进程可能在运行结束后继续存在。',
      },
    ],
    startPlace: (pipes, setup) =>
      startDirectPlace(pipes, setup, (root) => [SANDBOX_EXEC, '-p', seatbeltProfile(root, setup)]),
  };
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
