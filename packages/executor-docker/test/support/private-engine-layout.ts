import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where one private engine has what. All lies below one directory, so that its processes can be told by it. */
export interface PrivateEngineLayout {
  readonly directory: string;
  readonly socket: string;
  readonly data: string;
  readonly pidFile: string;
  readonly dockerdConfiguration: string;
  readonly containerdConfiguration: string;
  readonly containerdSocket: string;
  readonly containerdState: string;
  /** Also the name of the control group above those of its containers. */
  readonly name: string;
}

export function layoutBelow(directory: string): PrivateEngineLayout {
  const below = (name: string): string => path.join(directory, name);
  return {
    directory,
    socket: below('docker.sock'),
    data: below('data'),
    pidFile: below('docker.pid'),
    dockerdConfiguration: below('dockerd.json'),
    containerdConfiguration: below('containerd.toml'),
    containerdSocket: below('containerd.sock'),
    containerdState: below('containerd-state'),
    name: path.basename(directory),
  };
}

export async function writeConfiguration(layout: PrivateEngineLayout): Promise<void> {
  await mkdir(layout.data);
  const dockerd = {
    hosts: [`unix://${layout.socket}`],
    'data-root': layout.data,
    'exec-root': path.join(layout.directory, 'exec'),
    pidfile: layout.pidFile,
    // Left to itself dockerd shares the containerd of this machine, where there is one.
    containerd: layout.containerdSocket,
    // Nothing of the machine's network is touched.
    bridge: 'none',
    iptables: false,
    'ip-forward': false,
    'ip-masq': false,
    'cgroup-parent': `/${layout.name}`,
    'exec-opts': ['native.cgroupdriver=cgroupfs'],
    'shutdown-timeout': 3,
    'log-level': 'warn',
  };
  await writeFile(layout.dockerdConfiguration, JSON.stringify(dockerd));
  await writeFile(
    layout.containerdConfiguration,
    `version = 2
root = "${path.join(layout.directory, 'containerd-root')}"
state = "${layout.containerdState}"
disabled_plugins = ["io.containerd.grpc.v1.cri"]

[grpc]
address = "${layout.containerdSocket}"
`,
  );
}
