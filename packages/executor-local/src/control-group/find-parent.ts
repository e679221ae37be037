import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ControlGroup, ControlGroupLocation, ControlGroupParent } from './control-group.ts';
import { readKernelFile, writeKernelFile } from './kernel-file.ts';
import { Version1Parent } from './version-1.ts';
import { Version2Parent } from './version-2.ts';

const MEBIBYTE = 1024 * 1024;

interface Mount {
  readonly point: string;
  readonly type: string;
  readonly options: string;
}

/**
 * Where this process may make control groups, found by making one and moving a process into it; null
 * where it may not (an ordinary user without delegation, a container, not Linux).
 *
 * @param name of the trial group: letters, digits and dashes
 */
export function findControlGroupParent(name: string): ControlGroupParent | null {
  const mounts = readMounts();
  const ownGroups = readKernelFile('/proc/self/cgroup');
  if (ownGroups === null) return null;
  const candidates = [...version2Candidates(mounts, ownGroups), version1Candidate(mounts, ownGroups)];
  return candidates.find((candidate) => candidate !== null && works(candidate, name)) ?? null;
}

/** The parent that was found at this place before. */
export function openParent(location: ControlGroupLocation): ControlGroupParent {
  return location.version === 1
    ? new Version1Parent(location.directories)
    : new Version2Parent(location.directory, location.controllers);
}

function readMounts(): Mount[] {
  const lines = (readKernelFile('/proc/self/mountinfo') ?? '').split('\n');
  return lines.flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    const [type = '', , options = ''] = after.split(' ');
    return point === undefined || !type.startsWith('cgroup') ? [] : [{ point, type, options }];
  });
}

function* version2Candidates(mounts: readonly Mount[], ownGroups: string): Generator<ControlGroupParent> {
  const mount = mounts.find((candidate) => candidate.type === 'cgroup2');
  const own = /^0::(?<path>.+)$/mu.exec(ownGroups)?.groups?.['path'];
  if (mount === undefined || own === undefined) return;
  // A group with processes of its own cannot hand controllers down, so the way leads upwards.
  for (let group = own; ; group = path.dirname(group)) {
    const directory = path.join(mount.point, group);
    // One at a time: the kernel takes all of a line or nothing, and not every machine has every controller.
    for (const controller of ['+memory', '+pids', '+cpu']) {
      writeKernelFile(path.join(directory, 'cgroup.subtree_control'), controller);
    }
    const handedDown = (readKernelFile(path.join(directory, 'cgroup.subtree_control')) ?? '').split(' ');
    const controllers = {
      memory: handedDown.includes('memory'),
      processes: handedDown.includes('pids'),
      cpu: handedDown.includes('cpu'),
    };
    if (controllers.memory && controllers.processes) yield new Version2Parent(directory, controllers);
    if (group === '/' || group === '.') return;
  }
}

function version1Candidate(mounts: readonly Mount[], ownGroups: string): ControlGroupParent | null {
  const directoryOf = (controller: string): string | null => {
    const mount = mounts.find(
      (candidate) => candidate.type === 'cgroup' && candidate.options.split(',').includes(controller),
    );
    if (mount === undefined) return null;
    const line = ownGroups
      .split('\n')
      .find((candidate) => candidate.split(':')[1]?.split(',').includes(controller) === true);
    const own = path.join(mount.point, line?.split(':').slice(2).join(':') ?? '/');
    // Inside a container the name is the host's, and the mount shows the container's own group.
    return existsSync(own) ? own : mount.point;
  };
  const directories = {
    memory: directoryOf('memory'),
    pids: directoryOf('pids'),
    cpu: directoryOf('cpu'),
  };
  return directories.memory === null || directories.pids === null ? null : new Version1Parent(directories);
}

function works(parent: ControlGroupParent, name: string): boolean {
  let group: ControlGroup | null = null;
  try {
    group = parent.create(name, { memoryBytes: 64 * MEBIBYTE, processCount: 16, cpuCount: null });
    const trial = spawnSync(
      '/bin/sh',
      ['-c', 'for file; do echo 0 > "$file" || exit 1; done', 'sh', ...group.joinFiles],
      {
        stdio: 'ignore',
        env: {},
      },
    );
    const { memoryBytes, processCount } = group.state();
    return trial.status === 0 && memoryBytes === 64 * MEBIBYTE && processCount === 16;
  } catch {
    return false;
  } finally {
    group?.remove();
  }
}
