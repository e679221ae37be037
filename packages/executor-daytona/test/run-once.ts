// Runs one program, and prints its result.
import { createExecutorHost } from '@cloche/core';
import { createPlan } from '@cloche/core/executor';
import { DEFAULT_DAYTONA_OPTIONS, daytonaExecutor } from '@cloche/executor-daytona';
import { testEnvironment } from './environment.ts';

const { DAYTONA_API_KEY: apiKey = null } = testEnvironment();
const [, , apiUrl = null] = process.argv;
const host = createExecutorHost({ environment: { XDG_CACHE_HOME: '/nonexistent' } });
const executor = daytonaExecutor.create({ ...DEFAULT_DAYTONA_OPTIONS, apiKey, apiUrl }, host);
const plan = createPlan({ language: 'bash', code: 'echo ran' });
const result = await executor.execute(plan, { signal: new AbortController().signal }).result;
await executor[Symbol.asyncDispose]();
process.stdout.write(JSON.stringify({ status: result.status, warnings: result.warnings }));
