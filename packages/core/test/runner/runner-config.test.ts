import { describe, expect, test } from 'vitest';
import { CONFIG_KEYS } from '../../src/config/config-keys.ts';
import type { LimitName } from '../../src/executor/index.ts';
import { LIMIT_BOUNDS } from '../../src/executor/index.ts';
import { limitFlag } from '../../src/runner/limit-flag.ts';
import { DEFAULT_RUNNER_CONFIG } from '../../src/runner/runner-config.ts';

describe('the configuration of a runner', () => {
  test('has the defaults that the configuration itself has', () => {
    const defaults = Object.fromEntries(CONFIG_KEYS.map(({ key, defaultValue }) => [key, defaultValue]));
    const { executor, auto, isolation, network, queue, limits } = DEFAULT_RUNNER_CONFIG;
    expect(defaults).toMatchObject({
      executor,
      'auto.order': auto.order,
      'isolation.minimum': isolation.minimum,
      network,
      'queue.concurrency': queue.concurrency,
      'queue.length': queue.length,
    });
    for (const { limit, defaultValue } of CONFIG_KEYS) {
      expect(limit === null ? defaultValue : limits[limit]).toBe(defaultValue);
    }
  });

  test('every limit has a flag to name in a message', () => {
    for (const limit of Object.keys(LIMIT_BOUNDS) as LimitName[])
      expect(limitFlag(limit)).toMatch(/^--[a-z-]+$/u);
  });
});
