import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';

/** Copies an image of the engine that the tests share to another one. */
export async function copyImage(image: string, address: string): Promise<void> {
  const save = spawn('docker', ['save', image], { stdio: ['ignore', 'pipe', 'inherit'] });
  const load = spawn('docker', ['--host', address, 'load', '--quiet'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ends = [once(save, 'close'), once(load, 'close')];
  await pipeline(save.stdout, load.stdin);
  const codes = (await Promise.all(ends)).map(([code]) => code as number | null);
  if (codes.some((code) => code !== 0)) throw new Error(`${image} could not be copied to ${address}`);
}
