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
const MECHANISM = 'cgroup v2';

/** Control groups of the second version, as children of a directory whose controllers are handed down to them. */
export class Version2Parent implements ControlGroupParent {
  readonly location: ControlGroupLocation;
  readonly mechanism: string = MECHANISM;
  readonly controllers: ControlGroupParent['controllers'];
  readonly #directory: string;

  constructor(directory: string, controllers: ControlGroupParent['controllers']) {
    this.location = { version: 2, directory, controllers };
    this.#directory = directory;
    this.controllers = controllers;
  }

  create(name: string, limits: ControlGroupLimits): ControlGroup {
    mkdirSync(path.join(this.#directory, name));
    const group = new Version2Group(path.join(this.#directory, name));
    group.setLimits(limits);
    return group;
  }

  list(prefix: string): readonly string[] {
    return readdirSync(this.#directory).filter((name) => name.startsWith(prefix));
  }

  open(name: string): ControlGroup {
    return new Version2Group(path.join(this.#directory, name));
  }
}

class Version2Group implements ControlGroup {
  readonly mechanism: string = MECHANISM;
  readonly joinFiles: readonly string[];
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    this.joinFiles = [path.join(directory, 'cgroup.procs')];
  }

  setLimits(limits: ControlGroupLimits): void {
    writeKernelFile(this.#file('memory.max'), String(limits.memoryBytes));
    writeKernelFile(this.#file('memory.swap.max'), '0');
    writeKernelFile(this.#file('pids.max'), String(limits.processCount));
    this.setCpuCount(limits.cpuCount);
  }

  setCpuCount(cpuCount: number | null): void {
    const quota = cpuCount === null ? 'max' : String(Math.max(1000, Math.round(cpuCount * CPU_PERIOD_US)));
    writeKernelFile(this.#file('cpu.max'), `${quota} ${CPU_PERIOD_US}`);
  }

  state(): ReturnType<ControlGroup['state']> {
    const [quota = 'max', period = '0'] = (readKernelFile(this.#file('cpu.max')) ?? '').split(' ');
    return {
      memoryBytes: readLimit(this.#file('memory.max')),
      processCount: readLimit(this.#file('pids.max')),
      cpuCount: /^\d+$/u.test(quota) ? Number(quota) / Number(period) : null,
    };
  }

  outOfMemoryKills(): number {
    return readCounter(this.#file('memory.events'), 'oom_kill');
  }

  refusedProcesses(): number {
    return readCounter(this.#file('pids.events'), 'max');
  }

  processes(): readonly number[] {
    return readProcesses(this.#file('cgroup.procs'));
  }

  remove(): boolean {
    try {
      rmdirSync(this.#directory);
      return true;
    } catch {
      return readKernelFile(this.#file('cgroup.procs')) === null;
    }
  }

  #file(name: string): string {
    return path.join(this.#directory, name);
  }
}
