/** What a control group is asked to hold. */
export interface ControlGroupLimits {
  readonly memoryBytes: number;
  readonly processCount: number;
  /** Null: every processor. */
  readonly cpuCount: number | null;
}

/** The limits in force, read back from the kernel. Null: none, or this group does not hold it. */
export interface ControlGroupState {
  readonly memoryBytes: number | null;
  readonly processCount: number | null;
  readonly cpuCount: number | null;
}

/** One execution's control group. All calls are synchronous: the files are in the kernel's memory. */
export interface ControlGroup {
  /** `cgroup v1` or `cgroup v2`. */
  readonly mechanism: string;
  /** A process joins by writing `0` to each of these files. */
  readonly joinFiles: readonly string[];
  setCpuCount(cpuCount: number | null): void;
  state(): ControlGroupState;
  /** How often the kernel ended a process here for want of memory. */
  outOfMemoryKills(): number;
  /** How often a process could not be started because there were too many. */
  refusedProcesses(): number;
  processes(): readonly number[];
  /** Removes the group. False while processes are in it. */
  remove(): boolean;
}

/** Where a parent is, as plain data, so that it can be remembered from one process to the next. */
export type ControlGroupLocation =
  | {
      readonly version: 1;
      /** This process's own group in each controller's hierarchy. Null: not mounted, or not ours. */
      readonly directories: {
        readonly memory: string | null;
        readonly pids: string | null;
        readonly cpu: string | null;
      };
    }
  | {
      readonly version: 2;
      readonly directory: string;
      readonly controllers: ControlGroupParent['controllers'];
    };

/** A place in the kernel's hierarchy where this user may make control groups. */
export interface ControlGroupParent {
  readonly location: ControlGroupLocation;
  readonly mechanism: string;
  /** Which limits groups made here hold. */
  readonly controllers: { readonly memory: boolean; readonly processes: boolean; readonly cpu: boolean };
  /** @param name letters, digits and dashes */
  create(name: string, limits: ControlGroupLimits): ControlGroup;
  /** Names of the groups that are here, of whatever owner. */
  list(prefix: string): readonly string[];
  open(name: string): ControlGroup;
}
