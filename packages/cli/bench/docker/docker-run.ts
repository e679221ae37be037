import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runBare } from '../local/run-bare.ts';
import type { BenchEngine } from './find-engine.ts';

/** What most people do today, and as little as it can be asked for. */
export function dockerRunArguments({ image }: BenchEngine, argv: readonly string[]): readonly string[] {
  return ['run', '--rm', '--network', 'none', image, ...argv];
}

export function dockerRun(engine: BenchEngine, argv: readonly string[]): Promise<void> {
  return runBare('docker', dockerRunArguments(engine, argv));
}

/** Lends a container that runs and does nothing. */
export async function withIdleContainer<Value>(
  { image }: BenchEngine,
  use: (container: string) => Promise<Value>,
): Promise<Value> {
  const command = promisify(execFile);
  // It ends by itself should this process not live to end it.
  const argv = ['run', '--rm', '--detach', '--network', 'none', image, 'sleep', '900'];
  const container = (await command('docker', argv)).stdout.trim();
  try {
    return await use(container);
  } finally {
    await command('docker', ['rm', '--force', container]);
  }
}
