// Starts a program in a sandbox, says so, and waits to be killed.
import { createExecutorHost } from '@cloche/core';
import { createPlan } from '@cloche/core/executor';
import { DEFAULT_DAYTONA_OPTIONS, daytonaExecutor } from '@cloche/executor-daytona';
import { testEnvironment } from './environment.ts';

const { DAYTONA_API_KEY: apiKey = null } = testEnvironment();
const [, , apiUrl = null] = process.argv;
const host = createExecutorHost({ environment: { XDG_CACHE_HOME: '/nonexistent' } });
const executor = daytonaExecutor.create({ ...DEFAULT_DAYTONA_OPTIONS, apiKey, apiUrl }, host);
const plan = createPlan({ language: 'bash', code: 'echo started; sleep 60' });
for await (const event of executor.execute(plan, { signal: new AbortController().signal }))
  if (event.type === 'stdout') process.stdout.write(event.data);
