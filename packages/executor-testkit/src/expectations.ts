import assert from 'node:assert/strict';
import type {
  CapturedOutput,
  ExecutionResult,
  ExecutionStatus,
  ExecutorCapabilities,
  PhaseResult,
} from '@cloche/core/executor';
import { ClocheError, outputText } from '@cloche/core/executor';

/** Fails with everything that helps to see why the status is another one. */
export function expectStatus(result: ExecutionResult, status: ExecutionStatus): void {
  if (result.status !== status)
    assert.fail(`status is ${result.status}, not ${status}${describeEnding(result)}`);
}

/** The run phase of a result that must have one. */
export function runOf(result: ExecutionResult): PhaseResult {
  if (result.run === null) assert.fail(`there is no run phase${describeEnding(result)}`);
  return result.run;
}

export function compileOf(result: ExecutionResult): PhaseResult {
  if (result.compile === null) assert.fail(`there is no compile phase${describeEnding(result)}`);
  return result.compile;
}

/** Stdout of a run that ended with status `ok`, as text. */
export function okText(result: ExecutionResult): string {
  expectStatus(result, 'ok');
  return outputText(runOf(result).stdout);
}

/** Stdout of a run that ended with status `ok`: lines without the last line's end. */
export function okLines(result: ExecutionResult): string[] {
  const text = okText(result);
  return text === '' ? [] : text.replace(/\n$/u, '').split('\n');
}

/** What the program printed as one JSON value. */
export function okJson(result: ExecutionResult): unknown {
  const text = okText(result);
  try {
    return JSON.parse(text);
  } catch {
    assert.fail(`the program's output is not the JSON that it printed: ${text.slice(0, 400)}`);
  }
}

/** Where diagnostics go: an executor that cannot tell the streams apart has them in stdout. */
export function diagnostics(phase: PhaseResult, capabilities: ExecutorCapabilities): string {
  return outputText(capabilities.separateStderr ? phase.stderr : phase.stdout);
}

export function expectBytes(actual: CapturedOutput, expected: Uint8Array, what: string): void {
  assert.equal(actual.byteCount, expected.length, `${what} has another number of bytes`);
  assert.equal(actual.truncated, false, `${what} is truncated`);
  assert.equal(actual.tail.length, 0, `${what} has a tail although nothing was left out`);
  assert.ok(Buffer.from(actual.head).equals(expected), `${what} is not what the program wrote`);
}

/** For long lists: names the first difference, where `deepEqual` would need time and memory without bound to show all. */
export function expectList(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  const index = expected.findIndex((value, position) => actual[position] !== value);
  if (index >= 0)
    assert.fail(
      `${what}: entry ${index} is ${JSON.stringify(actual[index])}, not ${JSON.stringify(expected[index])}`,
    );
  assert.equal(actual.length, expected.length, `${what} has more entries than expected`);
}

/** The platform's refusal of an execution. */
export async function expectFailure(promise: Promise<unknown>, what: string): Promise<ClocheError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    assert.ok(ClocheError.isInstance(error), `${what} failed with ${String(error)}, which is no ClocheError`);
    return error;
  }
  assert.fail(`${what} was not refused`);
}

function describeEnding(result: ExecutionResult): string {
  const lines = [
    `; status ${result.status}, stopped in ${result.stoppedIn ?? 'no phase'}, limit ${result.limit ?? 'none'}`,
  ];
  for (const name of ['compile', 'run'] as const) {
    const phase = result[name];
    if (phase === null) continue;
    lines.push(
      `${name}: exit code ${phase.exitCode}, signal ${phase.signal}, ${Math.round(phase.durationMs)} ms`,
    );
    lines.push(
      `stdout: ${outputText(phase.stdout).slice(0, 600)}`,
      `stderr: ${outputText(phase.stderr).slice(0, 1200)}`,
    );
  }
  return lines.join('\n  ');
}
