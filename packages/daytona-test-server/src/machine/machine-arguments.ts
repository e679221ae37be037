import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { GO_LIBRARY_MOUNT_POINT, goLibrary } from './go-library.ts';
import type { MachineFiles } from './machine-files.ts';
import { HOME_DIRECTORY } from './machine-files.ts';
import type { Toolchain } from './toolchains.ts';
import { GO_ARCHIVE_ROOT } from './toolchains.ts';

/** Of /etc, what compilers and interpreters read; Java's settings follow, under a name with its version. */
const SETTINGS = [
  'alternatives',
  'bash.bashrc',
  'ca-certificates',
  'debian_version',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
  'nsswitch.conf',
  'os-release',
  'profile',
  'protocols',
  'resolv.conf',
  'services',
  'ssl/certs',
] as const;

const SHARED_MEMORY_BYTES = 64 * 1024 * 1024;

export interface MachineArguments {
  readonly files: MachineFiles;
  readonly accounts: string;
  readonly toolchains: readonly Toolchain[];
}

/** How Bubblewrap builds a machine: the system's directories to read, its own to write, and nothing else. */
export function machineArguments({ files, accounts, toolchains }: MachineArguments): string[] {
  return [
    '--die-with-parent',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    // Empty, with loopback: entered by the programs of a sandbox whose network is blocked.
    '--unshare-net',
    '--hostname',
    'sandbox',
    // Those that Bubblewrap makes on its own are closed to the sandbox's user.
    ...['/etc', '/etc/ssl', '/home', '/opt', '/opt/toolchains'].flatMap((directory) => [
      '--perms',
      '0755',
      '--dir',
      directory,
    ]),
    '--ro-bind',
    '/usr',
    '/usr',
    ...['/bin', '/sbin', '/lib', '/lib32', '/lib64'].flatMap(showSystemDirectory),
    ...settingNames().flatMap((name) => ['--ro-bind', `/etc/${name}`, `/etc/${name}`]),
    ...['passwd', 'group', 'hosts', 'shells'].flatMap((name) => [
      '--ro-bind',
      path.join(accounts, name),
      `/etc/${name}`,
    ]),
    ...toolchains.flatMap(({ root, mountPoint }) => ['--ro-bind', root, mountPoint]),
    ...readOnly(goLibrary(), GO_LIBRARY_MOUNT_POINT),
    ...(existsSync(GO_ARCHIVE_ROOT) ? ['--tmpfs', GO_ARCHIVE_ROOT] : []),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    // What programs share memory through.
    '--perms',
    '1777',
    // As large as a container's.
    '--size',
    String(SHARED_MEMORY_BYTES),
    '--tmpfs',
    '/dev/shm',
    '--bind',
    files.home,
    HOME_DIRECTORY,
    '--bind',
    files.temporary,
    '/tmp',
    '--clearenv',
    '--info-fd',
    '3',
  ];
}

function readOnly(root: string | null, mountPoint: string): string[] {
  return root === null ? [] : ['--ro-bind', root, mountPoint];
}

function showSystemDirectory(directory: string): string[] {
  const status = lstatSync(directory, { throwIfNoEntry: false });
  if (!status) return [];
  return status.isSymbolicLink()
    ? ['--symlink', `usr${directory}`, directory]
    : ['--ro-bind', directory, directory];
}

function settingNames(): string[] {
  const java = readdirSync('/etc').filter((name) => name.startsWith('java'));
  return [...SETTINGS, ...java].filter((name) => existsSync(`/etc/${name}`));
}
