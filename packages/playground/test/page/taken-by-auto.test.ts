import { ISOLATION_LEVELS as LEVELS_OF_CORE, type Isolation } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import type { ExecutorHealth } from '../../src/api/executor-health.ts';
import { ISOLATION_LEVELS } from '../../src/page/state/isolation-levels.ts';
import { takenByAuto } from '../../src/page/state/taken-by-auto.ts';

const health = (name: string, isolation: Isolation | null): ExecutorHealth => ({
  name,
  available: isolation !== null,
  isolation,
  version: null,
  reason: null,
  hint: null,
  fix: [],
  languages: {},
  limits: {},
});
const settings = (autoOrder: readonly string[], value: Isolation = 'none') => ({
  autoOrder,
  minimumIsolation: { value, source: 'default', locked: null },
});

test('auto takes the first of its order that works and isolates as strongly as is asked', () => {
  const executors = [health('daytona', 'microvm'), health('local', 'process'), health('docker', 'container')];
  const taken = (...parameters: Parameters<typeof settings>): string | undefined =>
    takenByAuto(executors, settings(...parameters))?.name;
  expect(taken(['docker', 'local'])).toBe('docker');
  expect(taken(['local', 'docker'])).toBe('local');
  expect(taken(['local', 'docker'], 'container')).toBe('docker');
  expect(taken(['local', 'docker'], 'microvm')).toBeUndefined();
  expect(takenByAuto([health('docker', null)], settings(['docker']))).toBeNull();
});

test('the levels are those of core', () => {
  expect(ISOLATION_LEVELS).toEqual(LEVELS_OF_CORE);
});
