import type { LocalizedText } from '@cloche/core/executor';
import type { CommandContext } from '../program/command-context.ts';
import { Interruption } from './run/interruption.ts';

const INTERRUPTED: LocalizedText = { en: 'Interrupted.', zh: '已中断。' };

/**
 * Work that Ctrl-C ends: then its exit code is that of the signal.
 *
 * @param afterwards what a person should know then, beyond that it was interrupted
 */
export async function interruptible(
  context: CommandContext,
  work: (signal: AbortSignal) => Promise<number>,
  afterwards: LocalizedText | null = null,
): Promise<number> {
  const interruption = new Interruption();
  try {
    return await work(interruption.signal);
  } catch (error) {
    if (interruption.exitCode === null) throw error;
    context.messages.note(INTERRUPTED, afterwards);
    return interruption.exitCode;
  } finally {
    interruption.dispose();
  }
}
