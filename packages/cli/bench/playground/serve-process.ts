// The playground's server in a process of its own, as users have it: serve-process.ts DIRECTORY PAGE-DIRECTORY
import path from 'node:path';
import { createExecutorHost, createLogger, createRunner } from '@cloche/core';
import { servePlayground } from '@cloche/playground';
import { playgroundGeneration } from '../../src/commands/ui/playground-generation.ts';
import { ownEnvironment } from '../packed-command.ts';

const [directory = '', pageDirectory = ''] = process.argv.slice(2);
const environment = { ...ownEnvironment(directory), CLOCHE_EXECUTOR: 'local' };
const host = createExecutorHost({ environment, logger: createLogger({ level: 'error' }) });
const serving = await servePlayground({
  version: '0.0.0-bench',
  locale: 'en',
  host,
  configInput: {
    environment,
    workingDirectory: directory,
    homeDirectory: path.join(directory, 'home'),
    platform: process.platform,
  },
  openRunner: ({ config, entries }) =>
    createRunner({
      executors: { local: () => import('@cloche/executor-local') },
      config,
      configEntries: entries,
      host,
    }),
  generation: playgroundGeneration(environment),
  pageDirectory,
});
process.once('SIGTERM', () => void serving.close());
process.stdout.write(`${serving.address()}\n`);
