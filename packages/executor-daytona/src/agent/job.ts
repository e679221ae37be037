import type { SandboxFile } from '@cloche/sandbox-agent';

export interface JobPhase {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

/** What one sandbox is asked to do: at most two phases, one after the other. */
export interface Job {
  /** Letters and digits; names the job's directories and marks its processes. */
  readonly id: string;
  /** Where the program's directories are, absolute. */
  readonly places: string;
  /** Whether the program's directories serve a later job too. */
  readonly keepsFiles: boolean;
  /** Former jobs of the sandbox, whose files go. */
  readonly formerIds: readonly string[];
  /** Programs that must be there before anything starts. */
  readonly programs: readonly string[];
  readonly files: readonly SandboxFile[];
  readonly compile: JobPhase | null;
  readonly run: JobPhase;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin:
    | { readonly kind: 'none' | 'stream' }
    | { readonly kind: 'bytes'; readonly content: Uint8Array };
  readonly memoryBytes: number;
  readonly processCount: number;
  readonly openFileCount: number;
  /** A larger file does not come back; null: none does. */
  readonly fileLimitBytes: number | null;
}
