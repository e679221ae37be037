import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { overFigure } from '../docker/compare.ts';
import type { Figure } from '../figure.ts';
import { ownEnvironment } from '../packed-command.ts';
import { interleave } from '../statistics.ts';

const ROOT_DIRECTORY = path.join(import.meta.dirname, '../../../..');
const TSDOWN = path.join(ROOT_DIRECTORY, 'node_modules/tsdown/dist/run.mjs');
const ROUNDS = 20;
const WARM_UP_ROUNDS = 3;
const OVER_CORE_MS = 15;

/** The plugin as it is published, beside the contract that every executor needs. The SDK is only loaded with a run. */
export async function measureImport(directory: string): Promise<Figure> {
  for (const name of ['core', 'executor-daytona']) buildPackage(name, directory);
  const env = ownEnvironment(directory);
  const importing = (name: string, specifiers: readonly string[]) => {
    const file = path.join(directory, `${name}.mjs`);
    writeFileSync(file, specifiers.map((specifier) => `import '${specifier}';\n`).join(''));
    return () => {
      const { status, stderr } = spawnSync(process.execPath, [file], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.toString()}`);
    };
  };
  const contract = '@cloche/core/executor';
  const times = await interleave(
    {
      contract: importing('contract', [contract]),
      plugin: importing('plugin', [contract, '@cloche/executor-daytona']),
    },
    { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS },
  );
  return overFigure({
    name: 'import of the plugin',
    ours: times.plugin,
    reference: times.contract,
    against: contract,
    atMost: OVER_CORE_MS,
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
