const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** Everything that bounds one execution. */
export interface ExecutionLimits {
  /** Wall time of the run phase, milliseconds. */
  readonly runTimeoutMs: number;
  /** Wall time of the compile phase, milliseconds. */
  readonly compileTimeoutMs: number;
  /** Wall time of the install phase, milliseconds. */
  readonly installTimeoutMs: number;
  /** What a result keeps of each output stream, bytes, half as head and half as tail. Bounds nothing that streams. */
  readonly outputBytes: number;
  /** Memory of the program, all its processes together, bytes. Scratch space comes beside it. */
  readonly memoryBytes: number;
  /** Size of the work directory, the build directory and /tmp together, bytes. */
  readonly scratchBytes: number;
  /** Processes and threads at one time. */
  readonly processCount: number;
  /** Open files of each process. */
  readonly openFileCount: number;
  /** Processors of the run phase; fractions are allowed. Compilers may use every one. */
  readonly cpuCount: number;
  readonly artifactBytes: number;
  readonly artifactCount: number;
  readonly inputBytes: number;
  readonly inputCount: number;
}

export type LimitName = keyof ExecutionLimits;

export const DEFAULT_LIMITS: ExecutionLimits = {
  runTimeoutMs: 120_000,
  compileTimeoutMs: 60_000,
  installTimeoutMs: 300_000,
  outputBytes: MEBIBYTE,
  memoryBytes: 512 * MEBIBYTE,
  scratchBytes: 256 * MEBIBYTE,
  processCount: 256,
  openFileCount: 1024,
  cpuCount: 1,
  artifactBytes: 64 * MEBIBYTE,
  artifactCount: 1000,
  inputBytes: 64 * MEBIBYTE,
  inputCount: 1000,
};

/** The smallest and largest value that a request may give. Timeouts end at a day, sizes at a tebibyte. */
export const LIMIT_BOUNDS: Readonly<
  Record<LimitName, { readonly minimum: number; readonly maximum: number }>
> = {
  runTimeoutMs: { minimum: 1, maximum: 86_400_000 },
  compileTimeoutMs: { minimum: 1, maximum: 86_400_000 },
  installTimeoutMs: { minimum: 1, maximum: 86_400_000 },
  outputBytes: { minimum: 0, maximum: KIBIBYTE * MEBIBYTE },
  memoryBytes: { minimum: 4 * MEBIBYTE, maximum: MEBIBYTE * MEBIBYTE },
  scratchBytes: { minimum: MEBIBYTE, maximum: MEBIBYTE * MEBIBYTE },
  processCount: { minimum: 1, maximum: 1_000_000 },
  openFileCount: { minimum: 16, maximum: 1_000_000 },
  cpuCount: { minimum: 0.01, maximum: 4096 },
  artifactBytes: { minimum: 0, maximum: MEBIBYTE * MEBIBYTE },
  artifactCount: { minimum: 0, maximum: 1_000_000 },
  inputBytes: { minimum: 0, maximum: MEBIBYTE * MEBIBYTE },
  inputCount: { minimum: 1, maximum: 1_000_000 },
};
