import type { ExecutorPlugin } from '@cloche/core/executor';
import type { CommandContext } from '../program/command-context.ts';

export function resolveAddedExecutor(
  _name: string,
  _context: CommandContext,
): Promise<ExecutorPlugin | null> {
  return Promise.resolve(null);
}

export function addedExecutorNames(_context: CommandContext): Promise<readonly string[]> {
  return Promise.resolve([]);
}
