import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AreaResult, Figure } from '../figure.ts';
import { installPackedCommand, ownEnvironment } from '../packed-command.ts';
import { interleave, median, rounded } from '../statistics.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

const ROUNDS = 40;
const WARM_UP_ROUNDS = 3;
const HELP_OVER_NODE_MS = 80;
const RUN_OVER_PYTHON_MS = 130;

/** The packed command against what it cannot be quicker than. */
export function measure(): Promise<AreaResult> {
  return withTemporaryDirectory(measureIn);
}

async function measureIn(directory: string): Promise<AreaResult> {
  const entry = installPackedCommand(directory);
  const env = ownEnvironment(directory);
  const hello = path.join(directory, 'hello.py');
  writeFileSync(hello, 'print("hello")\n');
  const python = pythonOfExecutor(entry, env);

  const command = (file: string, argv: readonly string[]) => () => {
    const { status, stderr } = spawnSync(file, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (status !== 0) throw new Error(`${file} ${argv.join(' ')} ended with ${status}: ${stderr.toString()}`);
  };
  const times = await interleave(
    {
      node: command(process.execPath, ['-e', '0']),
      help: command(process.execPath, [entry, '--help']),
      python: command(python, [hello]),
      run: command(process.execPath, [entry, 'run', '--executor', 'local', hello]),
      runUnboxed: command(process.execPath, [entry, 'run', '--executor', 'local', '--sandbox', 'off', hello]),
    },
    { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS },
  );
  return {
    figures: [
      over('cloche --help over node -e 0', times.help, times.node, HELP_OVER_NODE_MS),
      over('cloche run hello.py over python3 hello.py', times.run, times.python, RUN_OVER_PYTHON_MS),
      over('the same with --sandbox off', times.runUnboxed, times.python, null),
    ],
    skipped: [],
  };
}

/** The interpreter itself, which the executor finds behind a version manager's shim. */
function pythonOfExecutor(entry: string, env: Record<string, string | undefined>): string {
  const report = execFileSync(process.execPath, [entry, 'doctor', '--json'], { env, encoding: 'utf8' });
  const { executors } = JSON.parse(report) as {
    executors: { name: string; capabilities: { languages: { python?: { location?: string } } } | null }[];
  };
  const local = executors.find(({ name }) => name === 'local');
  const location = local?.capabilities?.languages.python?.location;
  if (location === undefined) throw new Error('The local executor finds no Python here.');
  return location;
}

function over(name: string, ours: readonly number[], bare: readonly number[], barMs: number | null): Figure {
  const [ourMs, bareMs] = [median(ours), median(bare)];
  return {
    name,
    value: ourMs - bareMs,
    unit: 'ms over',
    bar: barMs === null ? null : { relation: 'at most', value: barMs },
    detail: `${rounded(ourMs)} ms against ${rounded(bareMs)} ms, ${rounded(ourMs / bareMs)} times`,
    count: ours.length,
  };
}
