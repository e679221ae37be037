import { writeSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';
import { isEveryTestRequired } from './environment.ts';
import { tallyTests } from './tally-tests.ts';

function listed(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${heading}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Ends a test run with the reason of every skip and, as the very last line, the counts. */
export default class TestReporter implements Reporter {
  #vitest: Vitest | undefined;
  #ending = '';
  #hasFailed = false;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    if (vitest.config.watch) return;
    // Vitest still prints (durations, coverage) after it has told its reporters that the run ended.
    process.once('exit', () => {
      if (this.#hasFailed) process.exitCode ||= 1;
      writeSync(1, this.#ending);
    });
  }

  onTestRunEnd(testModules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tally = tallyTests(testModules, this.#vitest?.config.testNamePattern);
    const failed = tally.failed + unhandledErrors.length;
    const isSkipFailure = isEveryTestRequired() && tally.skipped.length > 0;
    const isEmpty = tally.passed + failed === 0;
    this.#hasFailed = failed > 0 || isSkipFailure || isEmpty;
    this.#ending = [
      tally.notRun.map((line) => `not run: ${line}\n`).join(''),
      listed('Skipped, and why:', tally.skipped),
      isSkipFailure ? '\nCLOCHE_TEST_REQUIRE=all: each of these skips is a failure.\n' : '',
      isEmpty ? '\nNo test ran: that is a failure.\n' : '',
      `\n${tally.passed} passed, ${failed} failed, ${tally.skipped.length} skipped\n`,
    ].join('');
  }
}
