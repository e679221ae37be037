import type { CommandContext } from '../../program/command-context.ts';
import { Interruption } from '../run/interruption.ts';

/** Work that Ctrl-C ends: then its exit code is that of the signal. */
export async function interruptible(
  context: CommandContext,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interruption = new Interruption();
  try {
    return await work(interruption.signal);
  } catch (error) {
    if (interruption.exitCode === null) throw error;
    context.messages.note({ en: 'Interrupted.', zh: '已中断。' });
    return interruption.exitCode;
  } finally {
    interruption.dispose();
  }
}
