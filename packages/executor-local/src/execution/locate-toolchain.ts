import path from 'node:path';
import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import type { LocatedProgram } from '../toolchain/located-program.ts';
import type { ToolchainFinder } from '../toolchain/toolchain-finder.ts';

export interface Toolchain {
  readonly programs: readonly LocatedProgram[];
  /** Of the compiler or interpreter; null when not known. */
  readonly version: string | null;
}

export type ToolchainSearch =
  | { readonly found: true; readonly toolchain: Toolchain }
  | { readonly found: false; readonly missing: string };

/** All the programs that a language needs on this machine, or the first that is missing. */
export async function locateToolchain(
  language: LanguageId,
  finder: ToolchainFinder,
): Promise<ToolchainSearch> {
  const wanted = LANGUAGES[language].programs;
  const located = await Promise.all(wanted.map((program) => finder.locate(program)));
  const missing = wanted.find((_, index) => located[index] === null);
  if (missing !== undefined) return { found: false, missing: missing.name };
  const programs = located.filter((program) => program !== null);
  return { found: true, toolchain: { programs, version: programs[0]?.version ?? null } };
}

/** The command with its program's name replaced by where that program is. */
export function resolveCommand(argv: readonly string[], toolchain: Toolchain): string[] {
  const [name = '', ...words] = argv;
  const program = toolchain.programs.find((candidate) => candidate.name === name);
  return [program?.path ?? name, ...words];
}

export function directoriesOf(toolchain: Toolchain): {
  readonly forPath: string[];
  readonly toRead: string[];
} {
  return {
    forPath: [...new Set(toolchain.programs.map((program) => path.dirname(program.path)))],
    toRead: [...new Set(toolchain.programs.flatMap((program) => program.directories))],
  };
}
