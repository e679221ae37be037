import type { Isolation } from '@cloche/core/executor';
import type { MessageKey } from './messages.ts';

const KEYS: Readonly<Record<Isolation, MessageKey>> = {
  none: 'isolationNone',
  process: 'isolationProcess',
  container: 'isolationContainer',
  'user-kernel': 'isolationUserKernel',
  microvm: 'isolationMicrovm',
};

export const isolationKey = (isolation: Isolation): MessageKey => KEYS[isolation];
