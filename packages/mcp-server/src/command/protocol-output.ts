import { Writable } from 'node:stream';

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
  return new Writable({
    // One message is written as one piece, and the next when it has left: an unread output holds its writer back.
    decodeStrings: false,
    write: (chunk: string | Uint8Array, encoding, done) => {
      if (typeof chunk === 'string') write(chunk, encoding, done);
      else write(chunk, done);
    },
  });
}
