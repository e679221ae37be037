import { setTimeout as sleep } from 'node:timers/promises';
import { createPlan } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { describe, expect, test } from 'vitest';
import { startAhead } from '../../src/container/start-ahead.ts';
import { createTestHost } from '../create-test-host.ts';
import { TOOLCHAINS_IMAGE } from '../support/test-engine.ts';
import { useLaboratory } from './describe-programs.ts';
import { differences } from './observation.ts';
import { NATURAL_DIFFERENCES, WAIT_MS } from './programs/natural-differences.ts';

const laboratory = useLaboratory();
/** From the start of the container: its interpreter starts in half of this. */
const PAUSE_MS = 2 * WAIT_MS;
/** A container and its interpreter start in less. */
const REFILL_MS = PAUSE_MS + 2_000;

describe('the comparison sees what differs by nature:', () => {
  test.for(NATURAL_DIFFERENCES)('$name, since $reason', async (program) => {
    const { language } = program;
    const job = await laboratory().jobOf(language, program);
    const ahead = startAhead(job, language);
    expect(ahead).not.toBeNull();
    const plain = await laboratory().run(language, job, { ahead: null });
    const waited = await laboratory().run(language, job, { ahead, pauseMs: PAUSE_MS });
    expect([plain.stdout, waited.stdout]).toEqual(['new\n', 'waited\n']);
    expect(differences(plain, waited)).toEqual(['stdout']);
    expect(waited).not.toEqual(plain);
  });

  test('a second run of the executor is served by an interpreter that has waited in its pool', async () => {
    const { host, remove } = await createTestHost();
    const executor = dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, image: TOOLCHAINS_IMAGE }, host);
    const [age] = NATURAL_DIFFERENCES;
    if (age === undefined) throw new Error('the table is empty');
    const run = async (): Promise<string> => {
      const plan = createPlan({ language: age.language, code: age.code });
      const result = await executor.execute(plan, { signal: new AbortController().signal }).result;
      return new TextDecoder().decode(result.run?.stdout.head);
    };
    try {
      expect(await run()).toBe('new\n');
      await sleep(REFILL_MS);
      expect(await run()).toBe('waited\n');
    } finally {
      await executor[Symbol.asyncDispose]();
      await remove();
    }
  });
});

/** The job arrives while the interpreter boots: it may find the FIFO or already the file. */
describe('a job that does not wait for the interpreter is run as any other, when it comes', () => {
  const code = `import os, sys\nprint(sys.argv, __file__, os.stat(__file__).st_size, os.listdir('.'))\n1 / 0\n`;
  test.for([0, 20, 50])('%i ms after the container', async (pauseMs) => {
    for (const [language, program] of [
      ['python', { name: '', code }],
      [
        'javascript',
        { name: '', code: `import 'node:fs';\nconsole.log(import.meta, process.argv);\nfail();\n` },
      ],
    ] as const) {
      const job = await laboratory().jobOf(language, program);
      const ahead = startAhead(job, language);
      const { stdout, stderr, ending } = await laboratory().run(language, job, {
        ahead,
        isHasty: true,
        pauseMs,
      });
      expect(ending.exitCode).toBe(1);
      expect(stdout).toContain('/tmp/cloche/work/main.');
      expect(stderr).toContain(language === 'python' ? '1 / 0' : 'fail is not defined');
    }
  });
});
