import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AreaResult, Figure, Skip } from '../figure.ts';
import { interleave, median, rounded } from '../statistics.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';
import type { LocalRunner } from './local-runner.ts';
import { runPython, withLocalRunner } from './local-runner.ts';
import { runBare } from './run-bare.ts';

const ROUNDS = 60;
const WARM_UP_ROUNDS = 5;
const PROGRAM = 'print(1)\n';
const BARS = { off: 1.25, auto: 1.7 };

/** `print(1)` through core and the executor, against a bare spawn of the same interpreter. */
export function measureStart(): Promise<AreaResult> {
  return withTemporaryDirectory((directory) =>
    withLocalRunner(directory, 'off', (unboxed) =>
      withLocalRunner(directory, 'auto', (boxed) => measureIn(directory, unboxed, boxed)),
    ),
  );
}

async function measureIn(directory: string, unboxed: LocalRunner, boxed: LocalRunner): Promise<AreaResult> {
  const file = path.join(directory, 'program.py');
  writeFileSync(file, PROGRAM);
  const times = await interleave(
    {
      bare: () => runBare(unboxed.python, [file]),
      off: () => runPython(unboxed, PROGRAM),
      auto: () => runPython(boxed, PROGRAM),
    },
    { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS },
  );
  const figure = (name: string, mode: 'off' | 'auto'): Figure => {
    const [ours, bare] = [median(times[mode]), median(times.bare)];
    return {
      name,
      value: ours / bare,
      unit: 'times bare',
      bar: { relation: 'at most', value: BARS[mode] },
      detail: `${rounded(ours)} ms against ${rounded(bare)} ms`,
      count: ROUNDS,
    };
  };
  const name = 'print(1), with sandbox';
  const skipped: Skip[] = boxed.isSandboxed ? [] : [{ name, reason: 'no sandbox works on this machine' }];
  const figures = [
    figure('print(1), without sandbox', 'off'),
    ...(boxed.isSandboxed ? [figure(name, 'auto')] : []),
  ];
  return { figures, skipped };
}
