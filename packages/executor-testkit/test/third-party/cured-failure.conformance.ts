import { describeExecutor } from '@cloche/executor-testkit';
import { createExecutor } from './executor.ts';

describeExecutor('glass', {
  create: createExecutor,
  knownFailures: { 'bash-hello': 'it once printed nothing' },
});
