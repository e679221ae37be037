import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import type {
  ControlGroup,
  ControlGroupLimits,
  ControlGroupLocation,
  ControlGroupParent,
} from './control-group.ts';
import { readCounter, readKernelFile, readLimit, readProcesses, writeKernelFile } from './kernel-file.ts';

const CPU_PERIOD_US = 100_000;
const MECHANISM = 'cgroup v1';

type Version1Directories = Extract<ControlGroupLocation, { version: 1 }>['directories'];

/** Control groups of the first version: a directory of its own in each controller's hierarchy. */
export class Version1Parent implements ControlGroupParent {
  readonly location: ControlGroupLocation;
  readonly mechanism: string = MECHANISM;
  readonly controllers: ControlGroupParent['controllers'];
  readonly #directories: Version1Directories;

  constructor(directories: Version1Directories) {
    this.location = { version: 1, directories };
    this.#directories = directories;
    this.controllers = {
      memory: directories.memory !== null,
      processes: directories.pids !== null,
      cpu: directories.cpu !== null,
    };
  }

  create(name: string, limits: ControlGroupLimits): ControlGroup {
    for (const parent of this.#parents()) mkdirSync(path.join(parent, name));
    const group = new Version1Group(this.#directories, name);
    group.setLimits(limits);
    return group;
  }

  list(prefix: string): readonly string[] {
    const names = this.#parents().flatMap((parent) =>
      readdirSync(parent).filter((name) => name.startsWith(prefix)),
    );
    return [...new Set(names)];
  }

  open(name: string): ControlGroup {
    return new Version1Group(this.#directories, name);
  }

  #parents(): string[] {
    return Object.values(this.#directories).filter((directory: string | null) => directory !== null);
  }
}

class Version1Group implements ControlGroup {
  readonly mechanism: string = MECHANISM;
  readonly joinFiles: readonly string[];
  readonly #memory: string | null;
  readonly #pids: string | null;
  readonly #cpu: string | null;

  constructor(parents: Version1Directories, name: string) {
    const inside = (parent: string | null): string | null =>
      parent === null ? null : path.join(parent, name);
    this.#memory = inside(parents.memory);
    this.#pids = inside(parents.pids);
    this.#cpu = inside(parents.cpu);
    this.joinFiles = this.#directories().map((directory) => path.join(directory, 'cgroup.procs'));
  }

  setLimits(limits: ControlGroupLimits): void {
    if (this.#memory !== null) {
      writeKernelFile(path.join(this.#memory, 'memory.limit_in_bytes'), String(limits.memoryBytes));
      // Memory and swap together, where the kernel counts swap: no extra swap.
      writeKernelFile(path.join(this.#memory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes));
    }
    if (this.#pids !== null) writeKernelFile(path.join(this.#pids, 'pids.max'), String(limits.processCount));
    this.setCpuCount(limits.cpuCount);
  }

  setCpuCount(cpuCount: number | null): void {
    if (this.#cpu === null) return;
    const quota = cpuCount === null ? -1 : Math.max(1000, Math.round(cpuCount * CPU_PERIOD_US));
    writeKernelFile(path.join(this.#cpu, 'cpu.cfs_quota_us'), String(quota));
  }

  state(): ReturnType<ControlGroup['state']> {
    const quota = this.#cpu === null ? null : readLimit(path.join(this.#cpu, 'cpu.cfs_quota_us'));
    const period = this.#cpu === null ? null : readLimit(path.join(this.#cpu, 'cpu.cfs_period_us'));
    return {
      memoryBytes: this.#memory === null ? null : readLimit(path.join(this.#memory, 'memory.limit_in_bytes')),
      processCount: this.#pids === null ? null : readLimit(path.join(this.#pids, 'pids.max')),
      cpuCount: quota === null || period === null ? null : quota / period,
    };
  }

  outOfMemoryKills(): number {
    return this.#memory === null ? 0 : readCounter(path.join(this.#memory, 'memory.oom_control'), 'oom_kill');
  }

  refusedProcesses(): number {
    return this.#pids === null ? 0 : readCounter(path.join(this.#pids, 'pids.events'), 'max');
  }

  processes(): readonly number[] {
    return [...new Set(this.joinFiles.flatMap(readProcesses))];
  }

  remove(): boolean {
    for (const directory of this.#directories()) {
      try {
        rmdirSync(directory);
      } catch {
        if (readKernelFile(path.join(directory, 'cgroup.procs')) !== null) return false;
      }
    }
    return true;
  }

  #directories(): string[] {
    return [this.#memory, this.#pids, this.#cpu].filter((directory) => directory !== null);
  }
}
