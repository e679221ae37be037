import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Revision } from '../exceptions.ts';

const SUITE = fileURLToPath(
  new URL('../../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url),
);
const SUITE_TIMEOUT_MS = 240_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const RESULT_DIRECTORY = /^server-(?<scenario>.+)-\d{4}-\d{2}-\d{2}T[\w-]+$/u;

const run = promisify(execFile);

export interface ScenarioOutcome {
  readonly scenario: string;
  /** True where something was checked and nothing was amiss, not even by a warning. */
  readonly passed: boolean;
  /** Checks that succeeded, failed, or warned. */
  readonly succeeded: number;
  readonly problems: readonly string[];
}

interface Check {
  readonly id: string;
  readonly status: 'FAILURE' | 'INFO' | 'SKIPPED' | 'SUCCESS' | 'WARNING';
  readonly errorMessage?: string;
}

/** Runs everything that the official suite has for this revision. */
export async function runSuite(url: string, revision: Revision): Promise<readonly ScenarioOutcome[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'cloche-conformance-'));
  try {
    const argv = [SUITE, 'server', '--url', url, '--requirements', revision, '--output-dir', directory];
    // The exit code speaks of the scored scenarios alone; the files say all.
    const failure = await run(process.execPath, argv, {
      timeout: SUITE_TIMEOUT_MS,
      maxBuffer: MAX_OUTPUT_BYTES,
    }).then(
      () => null,
      (error: unknown) => error,
    );
    const names = await readdir(directory);
    if (names.length === 0) throw new Error('The conformance suite ran no scenario.', { cause: failure });
    return await Promise.all(names.map((name) => readOutcome(directory, name)));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function readOutcome(directory: string, name: string): Promise<ScenarioOutcome> {
  const text = await readFile(path.join(directory, name, 'checks.json'), 'utf8');
  const checks = JSON.parse(text) as readonly Check[];
  const problems = checks
    .filter(({ status }) => status === 'FAILURE' || status === 'WARNING')
    .map(({ id, status, errorMessage }) => `${status} ${id}: ${errorMessage ?? ''}`);
  const succeeded = checks.filter(({ status }) => status === 'SUCCESS').length;
  return {
    scenario: RESULT_DIRECTORY.exec(name)?.groups?.scenario ?? name,
    passed: succeeded > 0 && problems.length === 0,
    succeeded,
    problems,
  };
}
