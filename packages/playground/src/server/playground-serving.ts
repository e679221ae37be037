/** A server that listens. */
export interface PlaygroundServing {
  /** `http://127.0.0.1:PORT/`, which opens nothing by itself. */
  readonly url: string;
  readonly port: number;
  /** The address with a new ticket in its fragment. */
  address(): string;
  /** Whether a page has opened with an address that {@link address} gave: its ticket is good no more. */
  wasOpened(address: string): boolean;
  /**
   * Ends every run and stream, and resolves with nothing left of them, or with false where that took too long. Without
   * effect the second time.
   */
  close(): Promise<boolean>;
}
