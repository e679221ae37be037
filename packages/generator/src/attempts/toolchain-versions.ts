import type { ExecutionResult, LanguageId } from '@cloche/core/executor';

/** Which versions of the languages ran last, so that the next program is written for them. */
export class ToolchainVersions {
  readonly #versions = new Map<LanguageId, string>();

  learn({ language, toolchainVersion }: ExecutionResult): void {
    if (toolchainVersion !== null) this.#versions.set(language, toolchainVersion);
  }

  /** Null: not known. */
  known(language: LanguageId): string | null {
    return this.#versions.get(language) ?? null;
  }
}
