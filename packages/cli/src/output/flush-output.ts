import { standardError, standardOutput } from './standard-streams.ts';

/** Resolves when everything that was written has left this process, or can never leave it. */
export async function flushOutput(): Promise<void> {
  await Promise.all([flush(standardOutput()), flush(standardError())]);
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}
