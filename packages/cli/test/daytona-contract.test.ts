import { CONFIG_KEYS, loadConfig, validateOptions } from '@cloche/core';
import {
  daytonaExecutor,
  daytonaSnapshots,
  DEFAULT_SNAPSHOT_NAME as PLUGIN_SNAPSHOT_NAME,
} from '@cloche/executor-daytona';
import { expect, test } from 'vitest';
import type { DaytonaSnapshots } from '../src/commands/daytona/daytona-snapshots.ts';
import { DEFAULT_SNAPSHOT_NAME } from '../src/commands/daytona/daytona-snapshots.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();

/** One fitting value of each key, as a variable has it. */
const VARIABLES = {
  DAYTONA_API_KEY: 'dtn_0123456789wxyz',
  DAYTONA_API_BASE: 'https://daytona.example/api',
  DAYTONA_TARGET: 'eu',
  DAYTONA_ORGANIZATION_ID: '2f6c6f4e-0000-4000-8000-000000000000',
  CLOCHE_DAYTONA_IMAGE: 'debian:13',
  CLOCHE_DAYTONA_CPU: '2',
  CLOCHE_DAYTONA_MEMORY: '4GiB',
  CLOCHE_DAYTONA_DISK: '8GiB',
  CLOCHE_DAYTONA_NETWORK_ALLOW_LIST: '10.0.0.0/8, 192.168.0.0/16',
  CLOCHE_DAYTONA_NETWORK_BLOCK_ALL: 'no',
  CLOCHE_DAYTONA_LABELS: 'team=search,tier=test',
  CLOCHE_DAYTONA_AUTO_STOP: '15m',
  CLOCHE_DAYTONA_KEEP_SANDBOX: 'yes',
};

async function optionsFrom(environment: Record<string, string>): Promise<unknown> {
  const { config } = await loadConfig({
    environment,
    workingDirectory: directory,
    homeDirectory: null,
    platform: process.platform,
  });
  return validateOptions(daytonaExecutor, config.executorOptions['daytona'] ?? {}, () => null);
}

test('the executor takes every key as the configuration reads it', async () => {
  expect(await optionsFrom(VARIABLES)).toEqual({
    apiKey: 'dtn_0123456789wxyz',
    apiUrl: 'https://daytona.example/api',
    target: 'eu',
    organizationId: '2f6c6f4e-0000-4000-8000-000000000000',
    snapshot: null,
    image: 'debian:13',
    cpuCount: 2,
    memoryGib: 4,
    diskGib: 8,
    blocksNetwork: false,
    networkAllowList: ['10.0.0.0/8', '192.168.0.0/16'],
    labels: { team: 'search', tier: 'test' },
    autoStopMs: 900_000,
    keepsSandbox: true,
  });
  expect(await optionsFrom({ CLOCHE_DAYTONA_SNAPSHOT: 'cloche-toolchains' })).toMatchObject({
    snapshot: 'cloche-toolchains',
  });
});

test('the table above leaves no key out', () => {
  const given = new Set([...Object.keys(VARIABLES), 'CLOCHE_DAYTONA_SNAPSHOT']);
  const keys = CONFIG_KEYS.filter(({ key }) => key.startsWith('daytona.'));
  expect(keys.filter(({ variables }) => !variables.some((name) => given.has(name)))).toEqual([]);
});

test('the snapshots that the executor exports are those that the command knows', () => {
  // Checked by the compiler: the command has types of its own, since it is built without the executor.
  const asTheCommandKnowsThem: (...given: Parameters<typeof daytonaSnapshots>) => DaytonaSnapshots =
    daytonaSnapshots;
  expect(asTheCommandKnowsThem).toBe(daytonaSnapshots);
  expect(DEFAULT_SNAPSHOT_NAME).toBe(PLUGIN_SNAPSHOT_NAME);
});
