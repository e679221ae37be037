import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Writable } from 'node:stream';

/** What writes to a descriptor by its number, as quick loggers do. */
const DESCRIPTOR_WRITERS = ['write', 'writeSync', 'writev', 'writevSync'] as const;

/**
 * Takes standard output for the protocol alone: from now on, whatever else any library prints goes to standard error.
 *
 * @param onGone called when nobody reads it any more
 */
export function takeStandardOutput(onGone: () => void): Writable {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.on('error', onGone);
  stderr.on('error', () => undefined);
  stdout.write = stderr.write.bind(stderr);
  divertDescriptor(1, 2);
  return new Writable({
    // One message is written as one piece, and the next when it has left: an unread output holds its writer back.
    decodeStrings: false,
    write: (chunk: string | Uint8Array, encoding, done) => {
      if (typeof chunk === 'string') write(chunk, encoding, done);
      else write(chunk, done);
    },
  });
}

/** A stream that is a file has taken hold of these functions before, and still writes to it. */
function divertDescriptor(from: number, to: number): void {
  for (const name of DESCRIPTOR_WRITERS) {
    const diverted = new Proxy(fs[name], {
      apply: (target, self, [descriptor, ...rest]: readonly unknown[]): unknown =>
        Reflect.apply(target, self, [descriptor === from ? to : descriptor, ...rest]),
    });
    Object.assign(fs, { [name]: diverted });
  }
  // Whoever imports them by name gets these, too.
  syncBuiltinESMExports();
}
