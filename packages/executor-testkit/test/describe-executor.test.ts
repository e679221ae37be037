import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createFakeExecutor } from '../src/fake/index.ts';
import { conformanceGroups, describeExecutor } from '../src/index.ts';
import { createTestHost } from './create-test-host.ts';
import { testEnvironment } from './environment.ts';

const run = promisify(execFile);
const thirdParty = join(import.meta.dirname, 'third-party');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** Runs one case of a third party's suite in a vitest of its own. */
async function runSuite(file: string, caseId: string): Promise<Report> {
  const directory = await mkdtemp(join(tmpdir(), 'cloche-suite-'));
  const outputFile = join(directory, 'report.json');
  const words = [
    'run',
    '--root',
    thirdParty,
    file,
    '--testNamePattern',
    `\\[${caseId}\\]`,
    '--outputFile',
    outputFile,
  ];
  try {
    // A suite with failures is what some tests are about; the report says more than the exit code.
    await run(process.execPath, [vitest, ...words], { env: { ...testEnvironment, VITEST: undefined } }).catch(
      () => undefined,
    );
    return JSON.parse(await readFile(outputFile, 'utf8')) as Report;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('describeExecutor', () => {
  test('proves an executor with the call that the README shows', { timeout: 120_000 }, async () => {
    const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
    const shown = await readFile(join(thirdParty, 'readme.conformance.ts'), 'utf8');
    expect(readme).toContain(shown);
    expect(readme).toContain(`${conformanceGroups().flatMap(({ cases }) => cases).length} cases`);
    const report = await runSuite('readme.conformance.ts', 'bash-hello');
    expect([report.numPassedTests, report.numFailedTests]).toEqual([1, 0]);
  });

  test('lets a known failure fail, and names its reason', { timeout: 120_000 }, async () => {
    const report = await runSuite('known-failure.conformance.ts', 'bash-hello');
    expect([report.numPassedTests, report.numFailedTests]).toEqual([1, 0]);
    const titles = report.testResults.flatMap((file) => file.assertionResults.map(({ title }) => title));
    expect(titles).toContain(
      'prints hello and leaves nothing behind [bash-hello] (known failure: nothing is executed yet)',
    );
  });

  test('fails on a known failure that passes, so that its entry goes', { timeout: 120_000 }, async () => {
    const report = await runSuite('cured-failure.conformance.ts', 'bash-hello');
    expect([report.numPassedTests, report.numFailedTests]).toEqual([0, 1]);
  });

  test('refuses known failures of cases that do not exist', () => {
    const create = () => createFakeExecutor({ host: createTestHost() });
    expect(() => {
      describeExecutor('fake', { create, knownFailures: { 'bash-helo': 'a misspelling' } });
    }).toThrow(/bash-helo/u);
  });
});
