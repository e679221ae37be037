import type { TestCase, TestModule } from 'vitest/node';

export interface TestTally {
  readonly passed: number;
  readonly failed: number;
  /** `name: reason` of each test that did not run although it should have. */
  readonly skipped: readonly string[];
  /** `name: reason` of each test of a service that one pays for, when nobody gave its credentials. */
  readonly notRun: readonly string[];
}

const notRunMark = 'not run:';

function nameOf(testCase: TestCase): string {
  return `${testCase.module.relativeModuleId} > ${testCase.fullName}`;
}

/** Errors outside of tests: a file that does not load, a hook that throws. */
function countSuiteErrors(testModule: TestModule): number {
  let count = testModule.errors().length > 0 ? 1 : 0;
  for (const suite of testModule.children.allSuites()) if (suite.errors().length > 0) count += 1;
  return count;
}

/**
 * Counts a finished run. With a name pattern, tests that do not match it count as nothing: whoever asks for one test
 * has not skipped the others.
 */
export function tallyTests(testModules: readonly TestModule[], namePattern: RegExp | undefined): TestTally {
  let passed = 0;
  let failed = 0;
  const skipped: string[] = [];
  const notRun: string[] = [];
  for (const testModule of testModules) {
    failed += countSuiteErrors(testModule);
    for (const testCase of testModule.children.allTests()) {
      const result = testCase.result();
      if (result.state === 'passed') passed += 1;
      // Pending: the run ended before the test did.
      else if (result.state === 'failed' || result.state === 'pending') failed += 1;
      else if (result.note?.startsWith(notRunMark)) {
        notRun.push(`${nameOf(testCase)}: ${result.note.slice(notRunMark.length).trim()}`);
      } else if (!namePattern || namePattern.test(testCase.fullName) || result.note !== undefined) {
        skipped.push(`${nameOf(testCase)}: ${result.note ?? reasonOf(testCase)}`);
      }
    }
  }
  return { passed, failed, skipped, notRun };
}

function reasonOf(testCase: TestCase): string {
  return testCase.options.mode === 'todo' ? 'still to be written' : 'no reason given';
}
