// Runs a program where the SDK cannot be found, and prints what is said of it.
import Module from 'node:module';
import { createExecutorHost } from '@cloche/core';
import { ClocheError, createPlan } from '@cloche/core/executor';
import { DEFAULT_DAYTONA_OPTIONS, daytonaExecutor } from '@cloche/executor-daytona';
import { testEnvironment } from './environment.ts';

type Resolver = (name: string, ...rest: unknown[]) => string;
const loader = Module as unknown as Record<'_resolveFilename', Resolver>;
const resolve = loader['_resolveFilename'];
loader['_resolveFilename'] = (name, ...rest) => {
  if (name !== '@daytonaio/sdk') return resolve(name, ...rest);
  throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
};

const { DAYTONA_API_KEY: apiKey = null } = testEnvironment();
const [, , apiUrl = null] = process.argv;
const host = createExecutorHost({ environment: { XDG_CACHE_HOME: '/nonexistent' } });
const executor = daytonaExecutor.create({ ...DEFAULT_DAYTONA_OPTIONS, apiKey, apiUrl }, host);
const probe = await executor.probe();
const plan = createPlan({ language: 'bash', code: 'echo ran' });
const error = await executor
  .execute(plan, { signal: new AbortController().signal })
  .result.catch((failure: unknown) => failure);
process.stdout.write(
  JSON.stringify({ probe, error: ClocheError.isInstance(error) ? error.toJSON() : String(error) }),
);
