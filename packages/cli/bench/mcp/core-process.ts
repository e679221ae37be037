// Runs a program through core for each line on standard input, and says how many milliseconds that took.
import { createInterface } from 'node:readline';
import { withLocalRunner } from '../local/local-runner.ts';
import { PROGRAM, refuseFailure } from './program.ts';

const [directory = ''] = process.argv.slice(2);

await withLocalRunner(directory, 'off', async ({ runner }) => {
  for await (const _ of createInterface({ input: process.stdin })) {
    const startedAtMs = performance.now();
    refuseFailure((await runner.execute(PROGRAM).result).status);
    process.stdout.write(`${performance.now() - startedAtMs}\n`);
  }
});
