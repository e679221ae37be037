// Everything short of the tests, each check to its end: one that fails does not hide the others.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const concurrency = 2;

interface Check {
  readonly name: string;
  /** The script that node runs, then its arguments. */
  readonly argv: readonly string[];
}

function turbo(task: string): string[] {
  const quiet = [
    '--output-logs=errors-only',
    '--log-order=grouped',
    '--continue=dependencies-successful',
    '--concurrency=2',
  ];
  return ['node_modules/turbo/bin/turbo', 'run', task, ...quiet];
}

// The slowest first, so that the quick ones fill up the other processor.
const checks: readonly Check[] = [
  { name: 'build and package checks', argv: turbo('check:package') },
  { name: 'type check of packages', argv: turbo('typecheck') },
  { name: 'type check of scripts', argv: ['node_modules/typescript/bin/tsc', '--project', 'scripts'] },
  { name: 'lint', argv: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', argv: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { name: 'unused code', argv: ['node_modules/knip/bin/knip.js'] },
  { name: 'arrows between packages', argv: ['scripts/check-arrows.ts'] },
  { name: 'lockfile names no host', argv: ['scripts/check-lockfile.ts'] },
];

interface Outcome {
  readonly hasPassed: boolean;
  readonly output: string;
  readonly durationMs: number;
}

function run(check: Check): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const [script = '', ...args] = check.argv;
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const end = (hasPassed: boolean, more = ''): void => {
      const output = Buffer.concat(chunks).toString('utf8') + more;
      resolve({ hasPassed, output, durationMs: performance.now() - startedAt });
    };
    child.on('error', (error) => end(false, String(error)));
    child.on('close', (code) => end(code === 0));
  });
}

const waiting = [...checks];
let failed = 0;

async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const { hasPassed, output, durationMs } = await run(check);
    if (!hasPassed) {
      failed += 1;
      console.log(`\n${output.trimEnd()}\n`);
    }
    console.log(
      `${hasPassed ? 'ok    ' : 'FAILED'} ${(durationMs / 1000).toFixed(1).padStart(5)} s  ${check.name}`,
    );
  }
}

await Promise.all(Array.from({ length: concurrency }, work));
console.log(`\n${checks.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;
