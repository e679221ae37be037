import { describeExecutor } from '../src/index.ts';
import { createFakeExecutor } from '../src/fake/index.ts';
import { createTestHost } from './create-test-host.ts';

describeExecutor('fake', { create: () => createFakeExecutor({ host: createTestHost() }) });
