import type { GenerationStatus } from '@cloche/core';
import type { ExecutionStatus, LanguageId, Locale, LocalizedText } from '@cloche/core/executor';

export interface RunFile {
  /** Relative, with slashes. */
  readonly path: string;
  /** Base64 of its bytes. */
  readonly content: string;
}

/** What every program gets. */
interface ProgramInputs {
  /** Default: none. */
  readonly files?: readonly RunFile[];
  /** Default: nothing, at its end. */
  readonly stdin?: string;
  /** Default: none. */
  readonly arguments?: readonly string[];
}

export interface ExecuteRequest extends ProgramInputs {
  readonly kind: 'execute';
  readonly language: LanguageId;
  /** The program. */
  readonly code: string;
  /** Of the program, where the page has given it one: `main.py`. Default: the usual one of its language. */
  readonly fileName?: string;
}

/** Its files are shown to the model, and lie beside the program. */
export interface GenerateRequest extends ProgramInputs {
  readonly kind: 'generate';
  /** Null: the model chooses. */
  readonly language: LanguageId | null;
  /** What is wanted: at least one character that is no space, at most 100,000. */
  readonly requirement: string;
}

export type RunRequest = ExecuteRequest | GenerateRequest;

export type RunState = 'running' | 'ended' | 'failed';

/** A line of the history. */
export interface RunSummary {
  readonly id: string;
  readonly kind: RunRequest['kind'];
  readonly state: RunState;
  /** Null while it runs, and where the platform failed. */
  readonly status: ExecutionStatus | GenerationStatus | null;
  /** Null: of a generation, nothing has been written yet. */
  readonly language: LanguageId | null;
  /** The requirement, or the first line of the program that says something. */
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Null while it runs. */
  readonly durationMs: number | null;
}

/** Everything that is kept of a run beside its events. */
export interface RunRecord extends RunSummary {
  readonly request: RunRequest;
  /** The same as others would ask for it. */
  readonly copies: RunCopies;
}

export interface RunCopies {
  /** `cloche run …`, for a shell. */
  readonly command: string;
  /** Name and arguments of the MCP tool, as JSON: the parameters of `tools/call`. */
  readonly mcp: string;
  /** What the call of MCP cannot say, or needs of the server that gets it. Empty: it says everything. */
  readonly mcpNotes: readonly LocalizedText[];
  readonly typescript: string;
}

/** A failure of Cloche, in the language of the request (`Accept-Language`). */
export interface ApiError {
  readonly code: string;
  readonly message: string;
  /** What to do about it. Null: there is nothing to advise. */
  readonly hint: string | null;
  readonly locale: Locale;
}
