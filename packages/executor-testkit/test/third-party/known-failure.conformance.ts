import { describeExecutor } from '@cloche/executor-testkit';
import { createExecutor } from './executor.ts';

describeExecutor('glass', {
  create: () => ({
    ...createExecutor(),
    execute: () => {
      throw new TypeError('not written yet');
    },
  }),
  knownFailures: { 'bash-hello': 'nothing is executed yet' },
});
