import os from 'node:os';
import path from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';
import { homeDirectory } from './home-directory.ts';

/** Whose socket it is; `fix-commands.ts` knows how each is started. */
export type EngineProduct =
  | 'Docker'
  | 'Docker Desktop'
  | 'rootless Docker'
  | 'OrbStack'
  | 'Colima'
  | 'Rancher Desktop'
  | 'Podman'
  | 'rootless Podman'
  | 'Podman machine';

export interface UsualSocket {
  readonly product: EngineProduct;
  readonly path: string;
}

interface Row {
  readonly product: EngineProduct;
  readonly platforms: readonly NodeJS.Platform[];
  /** `~`: home; `$RUNTIME`, `$TEMPORARY`, `$COLIMA`: see below. */
  readonly path: string;
}

const UNIX: readonly NodeJS.Platform[] = ['linux', 'darwin', 'freebsd'];

/** Where engines listen when nobody says otherwise, the likeliest first. */
const ROWS: readonly Row[] = [
  { product: 'Docker', platforms: UNIX, path: '/var/run/docker.sock' },
  { product: 'Docker Desktop', platforms: ['darwin'], path: '~/.docker/run/docker.sock' },
  { product: 'Docker Desktop', platforms: ['linux'], path: '~/.docker/desktop/docker.sock' },
  { product: 'rootless Docker', platforms: ['linux'], path: '$RUNTIME/docker.sock' },
  { product: 'rootless Docker', platforms: ['linux'], path: '~/.docker/run/docker.sock' },
  { product: 'OrbStack', platforms: ['darwin'], path: '~/.orbstack/run/docker.sock' },
  { product: 'Colima', platforms: UNIX, path: '$COLIMA/default/docker.sock' },
  { product: 'Colima', platforms: UNIX, path: '~/.colima/default/docker.sock' },
  { product: 'Colima', platforms: UNIX, path: '~/.config/colima/default/docker.sock' },
  { product: 'Rancher Desktop', platforms: UNIX, path: '~/.rd/docker.sock' },
  { product: 'rootless Podman', platforms: ['linux'], path: '$RUNTIME/podman/podman.sock' },
  { product: 'Podman', platforms: ['linux'], path: '/run/podman/podman.sock' },
  {
    product: 'Podman machine',
    platforms: ['darwin'],
    path: '$TEMPORARY/podman/podman-machine-default-api.sock',
  },
  {
    product: 'Podman machine',
    platforms: ['darwin'],
    path: '~/.local/share/containers/podman/machine/podman.sock',
  },
  {
    product: 'Podman machine',
    platforms: ['darwin'],
    path: '~/.local/share/containers/podman/machine/podman-machine-default/podman.sock',
  },
  {
    product: 'Podman machine',
    platforms: ['darwin'],
    path: '~/.local/share/containers/podman/machine/qemu/podman.sock',
  },
  { product: 'Docker', platforms: ['win32'], path: '//./pipe/docker_engine' },
  { product: 'Docker Desktop', platforms: ['win32'], path: '//./pipe/dockerDesktopLinuxEngine' },
  { product: 'Podman machine', platforms: ['win32'], path: '//./pipe/podman-machine-default' },
];

/** The rows of {@link ROWS} that fit this machine, with the places filled in; each socket once. */
export function usualSockets(host: ExecutorHost): UsualSocket[] {
  const { environment, platform } = host;
  const places: Readonly<Record<string, string | undefined>> = {
    '~': homeDirectory(host),
    $RUNTIME: environment['XDG_RUNTIME_DIR'] || userRuntimeDirectory(),
    $TEMPORARY: environment['TMPDIR'] || os.tmpdir(),
    $COLIMA: environment['COLIMA_HOME'] || undefined,
  };
  const sockets = new Map<string, UsualSocket>();
  for (const row of ROWS.filter((candidate) => candidate.platforms.includes(platform))) {
    const [first = '', ...rest] = row.path.split('/');
    const place = first === '' ? '/' : places[first];
    if (place === undefined) continue;
    // A pipe of Windows begins with two slashes, which joining would make one.
    const file = row.path.startsWith('//') ? row.path : path.join(place, ...rest);
    if (!sockets.has(file)) sockets.set(file, { product: row.product, path: file });
  }
  return [...sockets.values()];
}

function userRuntimeDirectory(): string | undefined {
  const userId = process.getuid?.();
  return userId === undefined ? undefined : `/run/user/${userId}`;
}
