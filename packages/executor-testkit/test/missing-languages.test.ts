import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ExecutorCapabilities, LanguageId } from '@cloche/core/executor';
import { createPlan, LANGUAGE_IDS } from '@cloche/core/executor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFakeExecutor } from '../src/fake/index.ts';
import { conformanceGroups, plantCanary, runConformanceCase } from '../src/index.ts';
import type { ConformanceCase } from '../src/index.ts';
import { createTestHost } from './create-test-host.ts';
import { testEnvironment } from './environment.ts';

const run = promisify(execFile);
const AVAILABLE: readonly LanguageId[] = ['python', 'bash'];
const MISSING = LANGUAGE_IDS.filter((language) => !AVAILABLE.includes(language));
const refusals = new Map<string, ConformanceCase>(
  conformanceGroups(AVAILABLE).flatMap(({ cases }) =>
    cases.filter(({ id }) => id.endsWith('-is-refused')).map((one) => [one.id, one]),
  ),
);

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cloche-path-'));
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.executable)'], {
    env: { ...testEnvironment },
  });
  await symlink(stdout.trim(), join(directory, 'python3'));
  await symlink('/bin/bash', join(directory, 'bash'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function runRefusal(
  language: LanguageId,
  claim: (capabilities: ExecutorCapabilities) => ExecutorCapabilities,
): Promise<void> {
  const conformanceCase = refusals.get(`${language}-is-refused`);
  assert.ok(conformanceCase !== undefined, 'there is no such case');
  const create = () => Promise.resolve(createFakeExecutor({ host: createTestHost({ PATH: directory }) }));
  const executor = await create();
  const canary = plantCanary();
  try {
    const capabilities = claim(await executor.capabilities());
    await runConformanceCase(conformanceCase, {
      create,
      executor,
      capabilities,
      canary,
      createPlan,
      patienceMs: 30_000,
    });
  } finally {
    canary.remove();
    await executor[Symbol.asyncDispose]();
  }
}

describe('a suite for some languages', () => {
  test('has no case that needs another one', () => {
    const needed = conformanceGroups(AVAILABLE).flatMap(({ cases }) =>
      cases.flatMap(({ languages }) => languages),
    );
    expect(needed.filter((language) => !AVAILABLE.includes(language))).toEqual([]);
  });

  test.for(MISSING)('proves that %s is refused', async (language) => {
    await expect(runRefusal(language, (capabilities) => capabilities)).resolves.toBeUndefined();
  });

  test.for(MISSING)('notices an executor that claims to run %s', async (language) => {
    const claim = (capabilities: ExecutorCapabilities): ExecutorCapabilities => ({
      ...capabilities,
      languages: {
        ...capabilities.languages,
        [language]: { available: true, version: '1', location: '/nowhere' },
      },
    });
    await expect(runRefusal(language, claim)).rejects.toThrow(/capabilities say/u);
  });
});
