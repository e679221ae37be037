/** `compile` is what compiler and installer wrote, both their streams together; `code` the program of a generation. */
export const STREAM_NAMES = ['stdout', 'stderr', 'compile', 'code'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];
/** What programs write. */
export type OutputStreamName = Exclude<StreamName, 'code'>;
