/** A file that the editor shows. */
export interface SourceFile {
  /** Of this file for as long as it is there, whatever its name and place: the editor keeps undoing by it. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** A file that was not there before, with an id that no other one has had. */
export function newSourceFile(name: string, text: string): SourceFile {
  const id = crypto.getRandomValues(new Uint32Array(3)).join('-');
  return { id, name, text };
}
