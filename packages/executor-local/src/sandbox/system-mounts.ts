import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

const SYSTEM_DIRECTORIES = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** Configuration that compilers and interpreters read. Nothing here names a person, a key or a host. */
const CONFIGURATION = [
  'alternatives',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
];
const JAVA_CONFIGURATION = /^java(?:-[\w.-]+)?$/u;
/** Laid in beside those when a program may use the network. */
const NETWORK_CONFIGURATION = [
  'resolv.conf',
  'hosts',
  'nsswitch.conf',
  'gai.conf',
  'services',
  'protocols',
  'ca-certificates',
  'pki/tls/certs',
  'pki/ca-trust',
  'ssl/certs',
  'ssl/openssl.cnf',
];

/** bubblewrap options that show the system's programs and libraries, read-only, and nothing else of the host. */
export async function systemMounts(): Promise<string[]> {
  const options: string[] = [];
  for (const directory of SYSTEM_DIRECTORIES) {
    const status = await lstat(directory).catch(() => null);
    if (status === null) continue;
    // Where /bin is a link into /usr, it stays one: programs compare such paths.
    if (status.isSymbolicLink()) options.push('--symlink', await readlink(directory), directory);
    else options.push('--ro-bind', directory, directory);
  }
  options.push('--perms', '0755', '--dir', '/etc');
  const java = (await readdir('/etc')).filter((name) => JAVA_CONFIGURATION.test(name));
  for (const name of [...CONFIGURATION, ...java]) options.push(...readOnlyTry(name));
  return options;
}

export function networkMounts(): string[] {
  return NETWORK_CONFIGURATION.flatMap((name) => {
    const parent = path.posix.dirname(name);
    const parents = parent === '.' ? [] : [parent.split('/')[0] ?? '', parent];
    const directories = [...new Set(parents)].flatMap((directory) => [
      '--perms',
      '0755',
      '--dir',
      `/etc/${directory}`,
    ]);
    return [...directories, ...readOnlyTry(name)];
  });
}

/** Shows a directory at its own place, each directory above it visible and otherwise empty. */
export function readOnlyMount(directory: string): string[] {
  const names = directory.split('/').slice(1, -1);
  const parents = names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`);
  return [
    ...parents.flatMap((parent) => ['--perms', '0755', '--dir', parent]),
    '--ro-bind',
    directory,
    directory,
  ];
}

function readOnlyTry(name: string): string[] {
  return ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`];
}
