import { realpathSync } from 'node:fs';
import { startDirectPlace } from '../place/direct-place.ts';
import type { PlaceSetup } from '../place/place.ts';
import type { Sandbox } from './sandbox.ts';

export const SANDBOX_EXEC = '/usr/bin/sandbox-exec';

/** What programs, compilers and libraries of the system consist of. Of /Library only what is no application's data. */
const SYSTEM_DIRECTORIES = [
  '/usr',
  '/bin',
  '/sbin',
  '/System',
  '/Library/Apple',
  '/Library/Developer',
  '/Library/Frameworks',
  '/Library/Java',
  '/Applications/Xcode.app',
  '/opt/homebrew',
  '/private/var/db/dyld',
  '/private/var/db/timezone',
  '/private/var/select',
];
const SYSTEM_FILES = [
  '/',
  '/private/etc/hosts',
  '/private/etc/localtime',
  '/private/etc/protocols',
  '/private/etc/services',
  '/private/var/db/xcode_select_link',
];
const NETWORK_FILES = ['/private/etc/resolv.conf', '/private/var/run/resolv.conf'];
/** The user's files by another path: the volume on which they lie. */
const DATA_VOLUME = '/System/Volumes/Data';

const READABLE_DEVICES = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom'];
const WRITABLE_DEVICES = ['/dev/null', '/dev/zero'];
/** Another name for what a program has open already. */
const OPEN_DESCRIPTORS =
  '(subpath "/dev/fd") (literal "/dev/stdin") (literal "/dev/stdout") (literal "/dev/stderr")';

/** Users' names, the log, and word of a changed time zone: what the C library asks for. */
const SERVICES = [
  'com.apple.logd',
  'com.apple.system.logger',
  'com.apple.system.notification_center',
  'com.apple.system.opendirectoryd.libinfo',
];
/** Names of hosts, proxies, and whether a certificate is trusted. */
const NETWORK_SERVICES = [
  'com.apple.SystemConfiguration.DNSConfiguration',
  'com.apple.SystemConfiguration.configd',
  'com.apple.trustd.agent',
];
/** The one socket of the host that names are looked up through. */
const RESOLVER_SOCKET = '/private/var/run/mDNSResponder';

/**
 * A profile in the language of macOS's sandbox, which Apple does not document: the operations are those that
 * Apple's own profiles, Chromium's and Bazel's name. Everything is denied that is not listed; of two rules
 * that fit, the later one counts.
 */
export function seatbeltProfile(
  root: string,
  setup: Pick<PlaceSetup, 'network' | 'readableDirectories' | 'goCacheDirectory'>,
): string {
  const hasNetwork = setup.network === 'full';
  const given = [
    ...setup.readableDirectories,
    ...(setup.goCacheDirectory === null ? [] : [setup.goCacheDirectory]),
  ];
  // Rules are held against paths without links.
  const toolchain = subpaths([...new Set(given.map(realPath))]);
  const own = subpaths([realPath(root)]);
  return [
    '(version 1)',
    '(deny default)',
    '(allow process-exec process-fork)',
    '(allow process-info* signal (target same-sandbox))',
    '(allow sysctl-read)',
    // Other processes' arguments and environment.
    '(deny sysctl-read (sysctl-name "kern.procargs2"))',
    '(allow file-read-metadata)',
    `(allow file-read* ${subpaths(SYSTEM_DIRECTORIES)} ${literals(SYSTEM_FILES)})`,
    `(deny file-read* (subpath ${quote(DATA_VOLUME)}))`,
    '(allow file-read-metadata)',
    `(allow file-read* ${literals(READABLE_DEVICES)} ${OPEN_DESCRIPTORS})`,
    `(allow file-write-data ${literals(WRITABLE_DEVICES)} ${OPEN_DESCRIPTORS})`,
    ...(toolchain === '' ? [] : [`(allow file-read* ${toolchain})`]),
    `(allow file-read* file-write* ${own})`,
    `(allow file-map-executable ${subpaths(SYSTEM_DIRECTORIES)} ${toolchain} ${own})`,
    `(allow mach-lookup ${globalNames(SERVICES)})`,
    '(allow ipc-posix-sem ipc-posix-shm)',
    ...(hasNetwork ? networkRules() : []),
  ].join('\n');
}

function networkRules(): string[] {
  return [
    '(allow network* system-socket)',
    // Docker's, ssh-agent's and other sockets of the host have it do things outside.
    '(deny network-outbound (remote unix-socket))',
    `(allow network-outbound (literal ${quote(RESOLVER_SOCKET)}))`,
    `(allow file-read* ${literals(NETWORK_FILES)} (subpath "/private/etc/ssl"))`,
    `(allow mach-lookup ${globalNames(NETWORK_SERVICES)})`,
  ];
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

function subpaths(paths: readonly string[]): string {
  return paths.map((directory) => `(subpath ${quote(directory)})`).join(' ');
}

function literals(paths: readonly string[]): string {
  return paths.map((file) => `(literal ${quote(file)})`).join(' ');
}

function globalNames(names: readonly string[]): string {
  return names.map((name) => `(global-name ${quote(name)})`).join(' ');
}

/** A directory that is not there needs no rule that fits it. */
function realPath(directory: string): string {
  try {
    return realpathSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return directory;
    throw error;
  }
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
