// One flood in a process of its own, whose peak of memory is the flood's: flood-process.ts KIND DIRECTORY PROGRAM
import { readFileSync } from 'node:fs';
import type { LocalRunner } from './local-runner.ts';
import { withLocalRunner } from './local-runner.ts';
import { runBare } from './run-bare.ts';

const [kind = '', directory = '', program = ''] = process.argv.slice(2);

/** @returns how many bytes arrived; of a bare run, zero */
async function flood(local: LocalRunner): Promise<number> {
  if (kind === 'bare') {
    await runBare(local.python, [program]);
    return 0;
  }
  const execution = local.runner.execute({ language: 'python', code: readFileSync(program) });
  let streamedBytes = 0;
  if (kind === 'iterated') {
    for await (const event of execution) if (event.type === 'stdout') streamedBytes += event.data.length;
  }
  const keptCount = (await execution.result).run?.stdout.byteCount ?? 0;
  if (kind === 'iterated' && streamedBytes !== keptCount) throw new Error('The stream lost something.');
  return keptCount;
}

await withLocalRunner(directory, 'auto', async (local) => {
  const startedAtMs = performance.now();
  const byteCount = await flood(local);
  const durationMs = performance.now() - startedAtMs;
  // Kilobytes, on every system that Node.js knows.
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(JSON.stringify({ durationMs, peakBytes, byteCount }));
});
