import { execFile } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ExecutorHost, Unavailability } from '@cloche/core/executor';
import { JsonCache } from '@cloche/core/executor';
import { startBubblewrapPlace } from '../place/bubblewrap-place.ts';
import { findOnPath } from '../toolchain/find-on-path.ts';
import type { Bubblewrap } from './bubblewrap.ts';
import { bubblewrapOptions, unprivileged } from './bubblewrap.ts';
import type { Sandbox, SandboxProbe } from './sandbox.ts';
import { systemMounts } from './system-mounts.ts';

const PROBE_PATIENCE_MS = 10_000;
const MEBIBYTE = 1024 * 1024;

/** Whether bubblewrap works here, found out by running it. What worked is remembered until something about it changes. */
export async function probeBubblewrap(host: ExecutorHost): Promise<SandboxProbe> {
  const [bwrapPath] = await findOnPath('bwrap', host.environment);
  if (bwrapPath === undefined) return { works: false, why: notInstalled() };
  const [setprivPath] = isRoot() ? await findOnPath('setpriv', host.environment) : [null];
  if (setprivPath === undefined) return { works: false, why: setprivMissing() };

  const cache = new JsonCache<Bubblewrap>(host, 'executor-local', 'bubblewrap.json');
  const key = await identityOf(host, [bwrapPath, ...(setprivPath === null ? [] : [setprivPath])]);
  const known = await cache.get(key);
  if (known !== null) return { works: true, sandbox: bubblewrapSandbox(known) };

  const candidate: Bubblewrap = {
    path: bwrapPath,
    setprivPath,
    version: await versionOf(bwrapPath),
    systemMounts: await systemMounts(),
    etcDirectory: await writeEtc(host),
    signalReset: await findSignalReset(),
  };
  const failure = await tryOut(candidate);
  if (failure !== null) return { works: false, why: doesNotWork(failure) };
  await cache.set(key, candidate);
  return { works: true, sandbox: bubblewrapSandbox(candidate) };
}

function bubblewrapSandbox(bubblewrap: Bubblewrap): Sandbox {
  return {
    isolation: 'process',
    detail: `bubblewrap ${bubblewrap.version}`,
    holdsScratch: true,
    // Through RLIMIT_NPROC, which the kernel counts for each user namespace; root's sandbox has none of its own.
    holdsProcesses: bubblewrap.setprivPath === null,
    canDenyNetwork: true,
    holdsProcessTree: true,
    warnings: [],
    startPlace: (pipes, setup) => startBubblewrapPlace(bubblewrap, pipes, setup),
  };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Everything on which the outcome depends. A kernel setting that changes needs a new boot or shows in a run's error. */
async function identityOf(host: ExecutorHost, files: readonly string[]): Promise<string> {
  const statuses = await Promise.all(files.map((file) => stat(file)));
  const prints = statuses.map(({ dev, ino, size, mtimeMs }) => [dev, ino, size, mtimeMs].join(':'));
  return [...files, ...prints, os.release(), host.owner.bootId, String(process.getuid?.()), 'layout 2'].join(
    '\n',
  );
}

function versionOf(bwrapPath: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(bwrapPath, ['--version'], { env: {} }, (_, stdout) => {
      resolve(/(?<version>\d+(?:\.\d+)+)/u.exec(stdout)?.groups?.['version'] ?? 'of unknown version');
    });
  });
}

/** GNU's `env` can; busybox's cannot. */
function findSignalReset(): Promise<string> {
  const options = ['--default-signal=INT', '--default-signal=QUIT'];
  return new Promise((resolve) => {
    execFile('/usr/bin/env', [...options, 'true'], { env: { PATH: '/usr/bin:/bin' } }, (error) => {
      resolve(error === null ? ['/usr/bin/env', ...options].join(' ') : '');
    });
  });
}

/** The sandbox's own idea of users and hosts: nothing of this machine's. */
async function writeEtc(host: ExecutorHost): Promise<string> {
  const directory = path.join(await host.privateDirectory('cache', 'executor-local'), 'etc');
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const uid = isRoot() ? 65_534 : (process.getuid?.() ?? 65_534);
  const gid = isRoot() ? 65_534 : (process.getgid?.() ?? 65_534);
  const files = {
    passwd: `root:x:0:0:root:/:/bin/sh\ncloche:x:${uid}:${gid}:Cloche:/cloche/home:/bin/sh\n`,
    group: `root:x:0:\ncloche:x:${gid}:\n`,
    hosts: '127.0.0.1 localhost cloche\n::1 localhost cloche\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
  };
  await Promise.all(
    Object.entries(files).map(([name, content]) =>
      writeFile(path.join(directory, name), content, { mode: 0o644 }),
    ),
  );
  return directory;
}

/** Null when a command ran inside; otherwise what bubblewrap said. */
function tryOut(bubblewrap: Bubblewrap): Promise<string | null> {
  const options = bubblewrapOptions(bubblewrap, {
    inputDirectory: null,
    mounts: [],
    environment: {},
    network: 'none',
    scratchBytes: MEBIBYTE,
    seccompDescriptor: null,
  });
  const command = [
    ...options,
    '--',
    ...unprivileged(bubblewrap),
    '/bin/sh',
    '-c',
    'test -w /cloche/work && test ! -w /usr && echo inside',
  ];
  return new Promise((resolve) => {
    execFile(
      bubblewrap.path,
      command,
      { env: {}, timeout: PROBE_PATIENCE_MS, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (stdout.trim() === 'inside') resolve(null);
        else resolve(stderr.trim() || error?.message || 'it ended without a word');
      },
    );
  });
}

function notInstalled(): Unavailability {
  return {
    available: false,
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    reason: { en: 'bubblewrap is not installed.', zh: '未安装 bubblewrap。' },
    hint: { en: 'Install it with the package manager of your system.', zh: '请用系统的包管理器安装。' },
    fix: ['sudo apt-get install bubblewrap', 'sudo dnf install bubblewrap', 'sudo pacman -S bubblewrap'],
  };
}

function setprivMissing(): Unavailability {
  return {
    available: false,
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    reason: {
      en: 'Cloche runs as root, and setpriv, which starts a program as nobody, is not installed.',
      zh: 'Cloche 以 root 身份运行，但未安装用于以 nobody 身份启动程序的 setpriv。',
    },
    hint: {
      en: 'Run Cloche as an ordinary user, or install util-linux.',
      zh: '请以普通用户运行 Cloche，或安装 util-linux。',
    },
    fix: ['sudo apt-get install util-linux'],
  };
}

function doesNotWork(said: string): Unavailability {
  const isAppArmor = /setting up uid map|Permission denied|Operation not permitted|No permissions/iu.test(
    said,
  );
  return {
    available: false,
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    reason: {
      en: `bubblewrap is installed and does not work here: ${said}`,
      zh: `已安装 bubblewrap，但在此无法使用：${said}`,
    },
    hint: isAppArmor
      ? {
          en: 'This system does not let ordinary users make namespaces (Ubuntu 24.04 does so by AppArmor, most containers by seccomp). Allow it, or use Docker.',
          zh: '本系统不允许普通用户创建命名空间（Ubuntu 24.04 通过 AppArmor 限制，多数容器通过 seccomp 限制）。请放开限制，或使用 Docker。',
        }
      : {
          en: 'Try `bwrap --unshare-all --ro-bind / / true` and mend what it says, or use Docker.',
          zh: '请运行 `bwrap --unshare-all --ro-bind / / true` 并按提示修复，或使用 Docker。',
        },
    fix: isAppArmor ? ['sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'] : [],
  };
}
