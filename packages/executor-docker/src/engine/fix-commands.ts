import { existsSync } from 'node:fs';
import type { ExecutorHost } from '@cloche/core/executor';
import { findProgram } from './find-program.ts';
import type { EngineProduct } from './usual-sockets.ts';

type Platform = 'linux' | 'darwin' | 'win32';

/** How each product is started, by platform; a product that does not exist on one has no row for it. */
const START: Readonly<Record<EngineProduct, Readonly<Partial<Record<Platform, readonly string[]>>>>> = {
  Docker: {
    linux: ['sudo systemctl start docker'],
    darwin: ['open -a Docker', 'colima start'],
    win32: ['docker desktop start'],
  },
  'Docker Desktop': {
    linux: ['systemctl --user start docker-desktop'],
    darwin: ['open -a Docker'],
    win32: ['docker desktop start'],
  },
  'rootless Docker': { linux: ['systemctl --user start docker'] },
  OrbStack: { darwin: ['open -a OrbStack'] },
  Colima: { linux: ['colima start'], darwin: ['colima start'] },
  'Rancher Desktop': { linux: ['rdctl start'], darwin: ['rdctl start'], win32: ['rdctl start'] },
  Podman: { linux: ['sudo systemctl start podman.socket'] },
  'rootless Podman': { linux: ['systemctl --user start podman.socket'] },
  'Podman machine': { darwin: ['podman machine start'], win32: ['podman machine start'] },
};

/** The products that a program on PATH speaks for, by platform. */
const PRODUCT_OF_PROGRAM: readonly (readonly [program: string, products: readonly EngineProduct[]])[] = [
  ['docker', ['Docker']],
  ['colima', ['Colima']],
  ['orbctl', ['OrbStack']],
  ['rdctl', ['Rancher Desktop']],
  ['podman', ['rootless Podman', 'Podman machine']],
];

export interface EngineProgram {
  readonly name: string;
  readonly file: string;
  readonly products: readonly EngineProduct[];
}

/** The engines' own programs that are on PATH: a sign that one is installed. */
export async function findEnginePrograms(host: ExecutorHost): Promise<EngineProgram[]> {
  const programs = await Promise.all(
    PRODUCT_OF_PROGRAM.map(async ([name, products]) => ({
      name,
      products,
      file: await findProgram(name, host),
    })),
  );
  return programs.flatMap(({ name, products, file }) => (file === null ? [] : [{ name, products, file }]));
}

export function startCommands(products: readonly EngineProduct[], host: ExecutorHost): string[] {
  const platform = commandPlatform(host.platform);
  const commands = products.flatMap((product) => START[product][platform] ?? []);
  // Containers and some virtual machines have no systemd, and still services.
  const hasSystemd = platform !== 'linux' || existsSync('/run/systemd/system');
  return [...new Set(hasSystemd ? commands : commands.map(withoutSystemd))];
}

function withoutSystemd(command: string): string {
  if (command === 'sudo systemctl start docker') return 'sudo service docker start';
  return /systemctl.*podman/u.test(command) ? 'podman system service --time=0 &' : command;
}

/** What installs an engine, by the package manager that is there; the first is also for where none is known. */
const INSTALL_ON_LINUX: readonly (readonly [program: string, commands: readonly string[]])[] = [
  ['apt-get', ['sudo apt-get install docker.io', 'sudo apt-get install podman']],
  ['dnf', ['sudo dnf install moby-engine', 'sudo dnf install podman']],
  ['zypper', ['sudo zypper install docker', 'sudo zypper install podman']],
  ['pacman', ['sudo pacman -S docker', 'sudo pacman -S podman']],
  ['apk', ['sudo apk add docker', 'sudo apk add podman']],
];

export async function installCommands(host: ExecutorHost): Promise<readonly string[]> {
  const platform = commandPlatform(host.platform);
  if (platform === 'darwin') {
    return [
      'brew install colima docker && colima start',
      'brew install --cask docker',
      'brew install podman',
    ];
  }
  if (platform === 'win32') {
    return ['winget install Docker.DockerDesktop', 'winget install RedHat.Podman'];
  }
  for (const [program, commands] of INSTALL_ON_LINUX) {
    if ((await findProgram(program, host)) !== null) return commands;
  }
  return INSTALL_ON_LINUX[0]?.[1] ?? [];
}

export function permissionCommands(host: ExecutorHost): string[] {
  if (commandPlatform(host.platform) !== 'linux') return [];
  return ['sudo usermod -aG docker $USER', 'newgrp docker', 'dockerd-rootless-setuptool.sh install'];
}

/** The BSDs have the programs of Linux. */
function commandPlatform(platform: NodeJS.Platform): Platform {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}
