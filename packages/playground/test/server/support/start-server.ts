import { join } from 'node:path';
import { createExecutorHost, createLogger, createRunner } from '@cloche/core';
import { onTestFinished } from 'vitest';
import type { PlaygroundOptions, PlaygroundServing } from '../../../src/index.ts';
import { servePlayground } from '../../../src/index.ts';
import { environment as ownEnvironment } from '../../environment.ts';
import { NOTHING_CONFIGURED } from './nothing-configured.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface TestServer {
  readonly serving: PlaygroundServing;
  /** Everything that Cloche keeps is below it. */
  readonly directory: string;
  readonly options: PlaygroundOptions;
}

export interface TestServerOptions extends Partial<
  Pick<PlaygroundOptions, 'limits' | 'port' | 'generation' | 'pageDirectory'>
> {
  /** Takes the lines of the log, each an object of JSON. Default: nobody does. */
  readonly log?: string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: NonNullable<PlaygroundOptions['configInput']['flags']>;
  /** Default: a fresh one. */
  readonly directory?: string;
}

/** A real server over the real local executor, of a user who has configured nothing. Closed when the test has finished. */
export async function startServer(given: TestServerOptions = {}): Promise<TestServer> {
  const { environment: own = {}, flags, log, directory = await temporaryDirectory(), ...rest } = given;
  const environment = {
    PATH: ownEnvironment['PATH'],
    HOME: directory,
    CLOCHE_HOME: join(directory, 'cloche'),
    CLOCHE_AUTO_ORDER: 'local',
    ...own,
  };
  const host = createExecutorHost({
    environment,
    homeDirectory: directory,
    logger:
      log === undefined
        ? createLogger({ level: 'silent' })
        : createLogger({ level: 'debug', format: 'json', stream: { write: (line) => log.push(line) } }),
  });
  const options: PlaygroundOptions = {
    version: '1.2.3',
    locale: 'en',
    host,
    configInput: {
      environment,
      workingDirectory: directory,
      homeDirectory: directory,
      platform: process.platform,
      ...(flags !== undefined && { flags }),
    },
    openRunner: ({ config, entries }) =>
      createRunner({
        executors: { local: () => import('@cloche/executor-local') },
        config,
        configEntries: entries,
        host,
      }),
    generation: NOTHING_CONFIGURED,
    ...rest,
  };
  const serving = await servePlayground(options);
  onTestFinished(async () => {
    await serving.close();
  });
  return { serving, directory, options };
}
