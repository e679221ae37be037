import { LANGUAGES } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import type { StartedAhead } from '../../src/container/job-script.ts';
import { startAhead } from '../../src/container/start-ahead.ts';
import { expectAsDescribed, useLaboratory } from './describe-programs.ts';
import type { PlainProgram } from './program.ts';
import { PLAIN_WAY } from './programs/plain-way.ts';

const laboratory = useLaboratory();

/** What waits for the usual program of a language. */
function usual({ language }: PlainProgram): StartedAhead {
  const entry = language === 'python' ? 'main.py' : 'main.js';
  const argv = [language === 'python' ? 'python3' : 'node', entry];
  return { argv, entry, environment: LANGUAGES[language].environment };
}

describe('the plain way is taken, also where an interpreter waits, for', () => {
  test.for(PLAIN_WAY)('$name', async (program) => {
    const { language, request } = program;
    const job = await laboratory().jobOf(language, program);
    expect(startAhead(job, language)).toBeNull();
    const stdin = typeof request?.stdin === 'string' ? request.stdin : '';
    const plain = await laboratory().run(language, job, { ahead: null }, stdin);
    expectAsDescribed(program, plain);
    expect(await laboratory().run(language, job, { ahead: usual(program) }, stdin)).toEqual(plain);
  });
});
