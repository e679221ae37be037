import type { Run } from './run.ts';
import type { StreamName } from './stream-name.ts';

/** What follows at once belongs to the same answer: a question costs its asker more than this. */
const GATHER_MS = 500;

export interface AwaitedOutput {
  readonly stream: StreamName;
  /** Bytes that the asker has. */
  readonly offset: number;
  /** With so many more there is nothing left to wait for. */
  readonly limitBytes: number;
}

export interface OutputWait {
  /** Resolves when there is more, and a moment has passed in which yet more could come. */
  readonly there: Promise<void>;
  stop(): void;
}

export function untilOutput(run: Run, { stream, offset, limitBytes }: AwaitedOutput): OutputWait {
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | null = null;
  // Asked for each time: a run that begins another program has another stream of this name from then on.
  const keptBytes = (): number => run.streams[stream].keptBytes;
  const look = (): void => {
    const more = keptBytes() - offset;
    if (more >= limitBytes) resolve();
    else if (more > 0) timer ??= setTimeout(resolve, GATHER_MS);
  };
  const stopListening = run.listen(look);
  // What was there before is not waited beside.
  if (keptBytes() > offset) resolve();
  return {
    there: promise,
    stop: () => {
      stopListening();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
