import assert from 'node:assert/strict';
import type { CaseContext } from '../case-context.ts';
import { expectStatus } from '../expectations.ts';
import { bash } from './requests.ts';

/** What is asked of an executor of isolation `none` instead of holding a program: that it says so, in each result too. */
export async function expectWarning(context: CaseContext): Promise<void> {
  const { isolation, warnings } = context.capabilities;
  assert.equal(isolation, 'none');
  assert.ok(warnings.length > 0, 'isolation is none, and no warning says what that means');
  for (const { en, zh } of warnings) assert.ok(en !== '' && zh !== '', 'a warning is empty');
  const { result } = await context.run(bash(`true\n`));
  expectStatus(result, 'ok');
  assert.equal(result.executor.isolation, 'none');
}
