import { homedir } from 'node:os';
import { join } from 'node:path';
import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { ExecutorHost, Logger } from '../executor/executor-host.ts';
import { currentOwner } from '../executor/owner-process.ts';
import type { BaseDirectories } from './base-directories.ts';
import { baseDirectory } from './base-directories.ts';
import { createLogger } from './create-logger.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { transformTypeScript } from './typescript/transform-typescript.ts';

export interface ExecutorHostOptions {
  /** This process's environment. Nothing of it reaches a program by itself. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default: the one of this process. */
  readonly platform?: NodeJS.Platform;
  /** Default: warnings and errors, as text, to standard error. */
  readonly logger?: Logger;
  /** Default: the user's. Null: there is none. */
  readonly homeDirectory?: string | null;
  /** Places of cache and state, in place of those that the environment gives. */
  readonly directories?: Partial<Pick<BaseDirectories, 'cache' | 'state'>>;
}

const DIRECTORY_NAME = /^[A-Za-z\d][A-Za-z\d._-]{0,99}$/u;

/** What core gives to executors. Does no I/O by itself. */
export function createExecutorHost(options: ExecutorHostOptions): ExecutorHost {
  const { environment, platform = process.platform, logger = createLogger() } = options;
  async function makeDirectory(kind: 'cache' | 'state', name: string): Promise<string> {
    if (!DIRECTORY_NAME.test(name)) throw badDirectoryName(name);
    const homeDirectory = options.homeDirectory === undefined ? homedir() : options.homeDirectory;
    const base = options.directories?.[kind] ?? baseDirectory(kind, { environment, platform, homeDirectory });
    return makePrivateDirectory([base, join(base, name)]);
  }

  return {
    logger,
    // On first use, since it runs a process on macOS.
    get owner() {
      return currentOwner();
    },
    environment,
    platform,
    privateDirectory: makeDirectory,
    transformTypeScript,
  };
}

function badDirectoryName(name: string): ClocheError {
  const shown = JSON.stringify(name);
  return new ClocheError({
    code: 'ERR_INTERNAL',
    message: { en: `${shown} is not a name of a private directory.`, zh: `${shown} 不是有效的私有目录名。` },
    hint: {
      en: 'Use letters, digits, dots, dashes and underscores.',
      zh: '请使用字母、数字、点、短横线和下划线。',
    },
  });
}
