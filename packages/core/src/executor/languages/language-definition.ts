import type { LanguageId } from './language-id.ts';

/** A program of a toolchain, and how to ask it for its version. */
export interface ToolchainProgram {
  /** Name to be looked up on a search path: `python3`, `javac`. */
  readonly name: string;
  readonly versionArguments: readonly string[];
  /** Its first group is the version. Matched against stdout and stderr together. */
  readonly versionPattern: RegExp;
}

/** What a command template may depend on. Paths are relative to the work directory, with `/`. */
export interface CommandContext {
  /** The entry file as the program finds it. */
  readonly entry: string;
  /** The entry and every further source file of the same language, entry first. */
  readonly sources: readonly string[];
  /** All file paths of the request. */
  readonly paths: readonly string[];
  readonly entryText: string;
  readonly memoryBytes: number;
  /** Flags for the compiler (or, without one, the interpreter) from the configuration. */
  readonly extraArguments: readonly string[];
}

/**
 * One row of the language table. `argv[0]` of a command is a program's name, which the executor
 * resolves, or a path below `../build/`, a writable directory beside the work directory that
 * receives what a compiler makes, so that build products never mix with the program's own files.
 */
export interface LanguageDefinition {
  readonly id: LanguageId;
  readonly displayName: string;
  /** Other names that people type, lower case. */
  readonly aliases: readonly string[];
  /** With the dot, lower case; the first is the usual one. */
  readonly extensions: readonly string[];
  /** Interpreter names that a `#!` line may give. */
  readonly interpreters: readonly string[];
  /** The compiler or interpreter first; its version is the language's version. */
  readonly programs: readonly ToolchainProgram[];
  /** The official image that runs this language in a container. */
  readonly image: string;
  /** Added to every program's environment, compile phase included. */
  readonly environment: Readonly<Record<string, string>>;
  /** The name that a source without a name of its own gets. */
  readonly entryFileName: (entryText: string) => string;
  /** `host-transform`: the sources are TypeScript, made into JavaScript before the run. */
  readonly compile: ((context: CommandContext) => readonly string[]) | 'host-transform' | null;
  readonly run: (context: CommandContext) => readonly string[];
}
