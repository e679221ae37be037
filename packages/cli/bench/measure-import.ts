import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { overFigure } from './docker/compare.ts';
import type { Figure } from './figure.ts';
import { ownEnvironment } from './packed-command.ts';
import { interleave } from './statistics.ts';

const ROOT_DIRECTORY = path.join(import.meta.dirname, '../../..');
const TSDOWN = path.join(ROOT_DIRECTORY, 'node_modules/tsdown/dist/run.mjs');
const ROUNDS = 20;
const WARM_UP_ROUNDS = 3;

export interface ImportMeasurement {
  /** What the figure is called. */
  readonly name: string;
  /** The folder of the package in `packages/`. */
  readonly folder: string;
  /** What whoever imports it has imported already. */
  readonly over: '@cloche/core' | '@cloche/core/executor';
  readonly atMostMs: number;
}

/** A package as it is published, imported and not used, in whole processes. */
export async function measureImport(
  { name, folder, over, atMostMs }: ImportMeasurement,
  directory: string,
): Promise<Figure> {
  for (const built of ['core', folder]) buildPackage(built, directory);
  const env = ownEnvironment(directory);
  const importing = (fileName: string, specifiers: readonly string[]) => {
    const file = path.join(directory, `${fileName}.mjs`);
    writeFileSync(file, specifiers.map((specifier) => `import '${specifier}';\n`).join(''));
    return () => {
      const { status, stderr } = spawnSync(process.execPath, [file], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      if (status !== 0) throw new Error(`${fileName} ended with ${status}: ${stderr.toString()}`);
    };
  };
  const times = await interleave(
    { without: importing('without', [over]), with: importing('with', [over, `@cloche/${folder}`]) },
    { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS },
  );
  return overFigure({
    name,
    ours: times.with,
    reference: times.without,
    against: over,
    atMost: atMostMs,
    remark: 'whole processes, the built packages',
  });
}

/** Where an import from the directory finds it. */
function buildPackage(name: string, directory: string): void {
  const source = path.join(ROOT_DIRECTORY, 'packages', name);
  const target = path.join(directory, 'node_modules/@cloche', name);
  mkdirSync(target, { recursive: true });
  copyFileSync(path.join(source, 'package.json'), path.join(target, 'package.json'));
  execFileSync(process.execPath, [TSDOWN, '--no-dts', '--out-dir', path.join(target, 'dist')], {
    cwd: source,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
