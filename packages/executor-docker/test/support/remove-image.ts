import { runCommand } from './run-command.ts';

/** Takes the name away, and the image where it has no other. Without effect where it is not there. */
export async function removeImage(reference: string): Promise<void> {
  await runCommand('docker', ['image', 'rm', '--force', reference]);
}
