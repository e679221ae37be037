/** Where the program is kept: `--output FILE`. */
export interface GenerationFile {
  /** As it was typed. */
  readonly name: string;
  readonly mayReplace: boolean;
}
