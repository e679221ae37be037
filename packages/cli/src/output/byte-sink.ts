/** Where output goes, at the pace of whoever reads it. */
export interface ByteSink {
  readonly isTerminal: boolean;
  /** Null before the first byte. */
  readonly lastByte: number | null;
  /** Resolves when there is room for more. */
  write(data: Uint8Array | string): Promise<void>;
}
