import type { Isolation } from '@cloche/core/executor';

/** The same as core's, whose module would bring its neighbours along. Weakest first. */
export const ISOLATION_LEVELS: readonly Isolation[] = [
  'none',
  'process',
  'container',
  'user-kernel',
  'microvm',
];
