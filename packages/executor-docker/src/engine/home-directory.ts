import os from 'node:os';
import type { ExecutorHost } from '@cloche/core/executor';

export function homeDirectory({ environment, platform }: ExecutorHost): string {
  const named = platform === 'win32' ? environment['USERPROFILE'] : environment['HOME'];
  return named || os.homedir();
}
