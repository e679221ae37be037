import { createRequire } from 'node:module';
import { ClocheError } from '@cloche/core/executor';
import type * as DaytonaSdk from '@daytonaio/sdk';

// The one file that names the package: its maker publishes it under a second name, `@daytona/sdk`, too.
export type Sdk = typeof DaytonaSdk;
export type { Daytona, Sandbox, Snapshot } from '@daytonaio/sdk';

/** The part of the client package below the SDK that the SDK itself does not offer. */
export interface ApiClient {
  readonly ApiKeysApi: new (configuration: unknown) => {
    getCurrentApiKey(): Promise<{ readonly data: unknown }>;
  };
  readonly Configuration: new (parameters: {
    readonly basePath: string;
    readonly baseOptions: Readonly<Record<string, unknown>>;
  }) => unknown;
}

let loaded: { readonly sdk: Sdk; readonly client: ApiClient } | null = null;

/**
 * The SDK, loaded on first use: it is a hundred megabytes, and takes a quarter of a second. As CommonJS, which loads in
 * half the time.
 *
 * @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` where it is not installed
 */
export function loadSdk(): { readonly sdk: Sdk; readonly client: ApiClient } {
  if (loaded !== null) return loaded;
  try {
    const require = createRequire(import.meta.url);
    loaded = {
      sdk: require('@daytonaio/sdk') as Sdk,
      client: require('@daytona/api-client') as ApiClient,
    };
    return loaded;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new ClocheError({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: {
        en: 'The Daytona SDK (@daytonaio/sdk) is not installed.',
        zh: '未安装 Daytona SDK（@daytonaio/sdk）。',
      },
      hint: {
        en: 'Install it: cloche executors add daytona. In a program of your own: npm install @daytonaio/sdk',
        zh: '请安装：cloche executors add daytona；如在自己的程序中使用：npm install @daytonaio/sdk',
      },
      cause: error,
    });
  }
}
