/** bubblewrap as it was found to work on this machine. */
export interface Bubblewrap {
  readonly path: string;
  readonly version: string;
  /**
   * Path of `setpriv` where Cloche runs as root: the sandbox is then made with root's rights and the program
   * started as nobody, so that it owns nothing on this machine. Null for an ordinary user, who gets a user namespace.
   */
  readonly setprivPath: string | null;
  /** Options for the parts of the system that every program sees. */
  readonly systemMounts: readonly string[];
  /** `env` with the option that sets signals back to their defaults; empty where this system's has none. */
  readonly signalReset: string;
  /** Directory with the sandbox's own /etc/passwd, /etc/group and /etc/hosts. */
  readonly etcDirectory: string;
}

const NOBODY = '65534';
const SHARED_MEMORY_BYTES = 64 * 1024 * 1024;

export interface BubblewrapOptions {
  readonly inputDirectory: string | null;
  readonly mounts: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly network: 'none' | 'full';
  readonly scratchBytes: number;
  readonly seccompDescriptor: number | null;
}

/** Everything that `bwrap` is told, apart from the command. */
export function bubblewrapOptions(bubblewrap: Bubblewrap, options: BubblewrapOptions): string[] {
  return [
    '--die-with-parent',
    '--new-session',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--unshare-cgroup-try',
    ...(options.network === 'none' ? ['--unshare-net'] : []),
    ...privilegeOptions(bubblewrap),
    ...(options.seccompDescriptor === null ? [] : ['--seccomp', String(options.seccompDescriptor)]),
    '--hostname',
    'cloche',
    ...bubblewrap.systemMounts,
    ...['passwd', 'group', 'hosts', 'nsswitch.conf'].flatMap((name) => [
      '--ro-bind',
      `${bubblewrap.etcDirectory}/${name}`,
      `/etc/${name}`,
    ]),
    ...options.mounts,
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--size',
    String(SHARED_MEMORY_BYTES),
    '--perms',
    '1777',
    '--tmpfs',
    '/dev/shm',
    '--remount-ro',
    '/dev',
    '--size',
    String(options.scratchBytes),
    '--perms',
    '0755',
    '--tmpfs',
    '/cloche',
    ...['work', 'build', 'home', 'tmp'].flatMap((name) => ['--perms', '0777', '--dir', `/cloche/${name}`]),
    '--symlink',
    'cloche/tmp',
    '/tmp',
    ...(options.inputDirectory === null ? [] : ['--ro-bind', options.inputDirectory, '/cloche/input']),
    '--remount-ro',
    '/',
    '--chdir',
    '/cloche/work',
    '--clearenv',
    ...Object.entries(options.environment).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}

/** What stands in front of the command inside the sandbox, so that it runs without any right. */
export function unprivileged(bubblewrap: Bubblewrap): string[] {
  if (bubblewrap.setprivPath === null) return [];
  return [
    bubblewrap.setprivPath,
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    '--clear-groups',
    '--bounding-set=-all',
    '--inh-caps=-all',
    '--no-new-privs',
    '--',
  ];
}

function privilegeOptions(bubblewrap: Bubblewrap): string[] {
  if (bubblewrap.setprivPath === null) return ['--unshare-user', '--cap-drop', 'ALL'];
  // Only what setpriv itself needs in order to give everything up.
  return [
    '--cap-drop',
    'ALL',
    '--cap-add',
    'CAP_SETUID',
    '--cap-add',
    'CAP_SETGID',
    '--cap-add',
    'CAP_SETPCAP',
  ];
}
