/** A program of a toolchain as it was found on this machine. */
export interface LocatedProgram {
  readonly name: string;
  /** The real program, never a version manager's shim: a shim costs more than the program behind it. */
  readonly path: string;
  /** Null when it could not be read. */
  readonly version: string | null;
  /** Directories outside the system's own that it needs; empty for a program of the system. */
  readonly directories: readonly string[];
}
