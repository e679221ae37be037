const MEBIBYTE = 1024 * 1024;

/** What one client over standard input and output may use before it is refused. */
export interface StdioBounds {
  /** Of one message. */
  readonly messageBytes: number;
  /**
   * Of answers that were not taken: beyond it, a client gets no new ones made. What it sends then is held, as much
   * again, so that its end is seen; beyond that nothing more is read.
   */
  readonly unreadBytes: number;
  /** Calls at one time that are not answered yet. */
  readonly callsInFlight: number;
}

export const STDIO_BOUNDS: StdioBounds = {
  messageBytes: 16 * MEBIBYTE,
  unreadBytes: 4 * MEBIBYTE,
  callsInFlight: 2_000,
};
