import type { Writable } from 'node:stream';
import type { PlanStdin } from '../plan/execution-plan.ts';
import type { ExecutionController } from './start-execution.ts';

/**
 * Writes a program's stdin. A program need not read it: the pipe breaking, or the program ending first, is no error.
 * Comes back when everything is written or nobody reads any more.
 */
export async function feedStdin(
  stream: Writable,
  stdin: PlanStdin,
  controller: ExecutionController,
): Promise<void> {
  let isBroken = false;
  const closed = new Promise<void>((resolve) => {
    stream.once('close', resolve);
    stream.once('error', () => resolve());
  }).then(() => {
    isBroken = true;
  });
  if (stdin.kind === 'bytes') {
    stream.end(stdin.content);
    return closed;
  }
  for await (const chunk of controller.stdin) {
    if (isBroken) break;
    await Promise.race([closed, new Promise<void>((resolve) => stream.write(chunk, () => resolve()))]);
    if (isBroken) break;
  }
  stream.end();
}
