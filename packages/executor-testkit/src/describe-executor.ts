import assert from 'node:assert/strict';
import type { Executor, LanguageId } from '@cloche/core/executor';
import { createPlan, LANGUAGE_IDS } from '@cloche/core/executor';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { runConformanceCase } from './case-context.ts';
import type { ConformanceSubject } from './case-context.ts';
import { conformanceGroups } from './cases/conformance-groups.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { plantCanary } from './environment.ts';

const DEFAULT_PATIENCE_MS = 30_000;
const DEFAULT_CASE_TIMEOUT_MS = 60_000;
/** The first use of an executor may pull images or fill caches. */
const PREPARATION_TIMEOUT_MS = 300_000;

export interface DescribeExecutorOptions {
  /** Called once for the suite, and once more for every case about an executor's life. Each is disposed. */
  readonly create: () => Promise<Executor> | Executor;
  /**
   * Cases that this executor is known to fail, by id, each with the reason. They are expected to fail:
   * when one passes, the suite fails until its entry is removed.
   */
  readonly knownFailures?: Readonly<Record<string, string>>;
  /**
   * Languages that this executor runs here. Default: all nine. For each other one the suite checks that
   * it is refused. Python and Bash are always needed: the other cases are written in them.
   */
  readonly languages?: readonly LanguageId[];
  /** How long a case waits for anything that should be there soon, milliseconds. Default 30,000. */
  readonly patienceMs?: number;
}

/**
 * Registers the conformance suite with vitest: every executor passes it.
 *
 * @throws Error when `knownFailures` names a case that does not exist
 */
export function describeExecutor(name: string, options: DescribeExecutorOptions): void {
  const languages = options.languages ?? LANGUAGE_IDS;
  const knownFailures = options.knownFailures ?? {};
  const groups = conformanceGroups(languages);
  checkKnownFailures(
    knownFailures,
    groups.flatMap((group) => group.cases),
  );
  const patienceMs = options.patienceMs ?? DEFAULT_PATIENCE_MS;

  describe(name, () => {
    let subject: ConformanceSubject | null = null;

    beforeAll(async () => {
      const canary = plantCanary();
      const create = async (): Promise<Executor> => await options.create();
      const executor = await create();
      const capabilities = await executor.capabilities();
      subject = { create, executor, capabilities, canary, createPlan, patienceMs };
    }, PREPARATION_TIMEOUT_MS);

    afterAll(async () => {
      await subject?.executor[Symbol.asyncDispose]();
      subject?.canary.remove();
    }, DEFAULT_CASE_TIMEOUT_MS);

    for (const group of groups) {
      describe(group.concept, () => {
        for (const conformanceCase of group.cases) {
          const reason = knownFailures[conformanceCase.id];
          const title = `${conformanceCase.title} [${conformanceCase.id}]${reason === undefined ? '' : ` (known failure: ${reason})`}`;
          const settings = {
            concurrent: conformanceCase.alone !== true,
            fails: reason !== undefined,
            timeout: conformanceCase.timeoutMs ?? Math.max(DEFAULT_CASE_TIMEOUT_MS, 2 * patienceMs),
          };
          test(title, settings, async () => {
            assert.ok(subject !== null, 'the executor could not be created');
            await runConformanceCase(conformanceCase, subject);
          });
        }
      });
    }
  });
}

function checkKnownFailures(
  knownFailures: Readonly<Record<string, string>>,
  cases: readonly ConformanceCase[],
): void {
  const ids = new Set(cases.map(({ id }) => id));
  const unknown = Object.keys(knownFailures).filter((id) => !ids.has(id));
  if (unknown.length === 0) return;
  throw new Error(
    `knownFailures names cases that do not exist: ${unknown.join(', ')}. Remove them, or correct their spelling.`,
  );
}
