import type { LanguageId, RequestFile } from '@cloche/core/executor';

/** The same nine programs in one language. What each must do is said by the case that runs it. */
export interface LanguagePrograms {
  readonly language: LanguageId;
  /** Prints `hello` and the end of a line. */
  readonly hello: string;
  /** Prints every argument as it is, each followed by a NUL byte. */
  readonly printArguments: string;
  /** Copies stdin to stdout, byte by byte the same, to its end. */
  readonly copyStdin: string;
  /** Prints `before the end` and the end of a line, then exits with code 3. */
  readonly exitWithThree: string;
  /** Does not compile, or does not parse; `message` is part of what the tool says about it. */
  readonly broken: { readonly code: string; readonly message: RegExp };
  /** Prints the content of `data/input.txt`. */
  readonly readFile: string;
  /** Writes `written` and the end of a line into `result.txt`. */
  readonly writeFile: string;
  /** Prints `你好, мир 🔔`, an end of line, then the content of `数据/файл 🔔.txt`. */
  readonly unicode: string;
  /** Prints `hello from another file` and the end of a line; the text comes from another source file. */
  readonly twoFiles: { readonly code: string; readonly files: readonly RequestFile[] };
}
