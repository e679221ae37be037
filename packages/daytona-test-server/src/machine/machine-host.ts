import { execFile } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { createMachineFiles, writeAccountFiles } from './machine-files.ts';
import type { MachineFiles } from './machine-files.ts';
import { PipeSupply } from './pipe-supply.ts';
import { findToolchains } from './toolchains.ts';
import type { Toolchain } from './toolchains.ts';

const run = promisify(execFile);
const SYSTEM_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'] as const;

/** Where machines come from: one directory on the disk, which goes with the server. */
export class MachineHost implements AsyncDisposable {
  /** For the commands that the machines run. */
  readonly pipes: PipeSupply;
  readonly #directory: string;
  readonly #toolchains: readonly Toolchain[];
  readonly #hiddenPrograms: readonly string[];

  private constructor(
    directory: string,
    toolchains: readonly Toolchain[],
    hiddenPrograms: readonly string[],
  ) {
    this.pipes = new PipeSupply(path.join(directory, 'pipes'));
    this.#directory = directory;
    this.#toolchains = toolchains;
    this.#hiddenPrograms = hiddenPrograms;
  }

  static async open(hiddenPrograms: readonly string[]): Promise<MachineHost> {
    const directory = await mkdtemp(path.join(tmpdir(), 'daytona-test-server-'));
    const [toolchains] = await Promise.all([
      findToolchains(),
      writeAccountFiles(path.join(directory, 'accounts')),
      mkdir(path.join(directory, 'pipes')),
      writeWhiteouts(path.join(directory, 'hidden'), hiddenPrograms),
    ]);
    return new MachineHost(directory, toolchains, hiddenPrograms);
  }

  async createFiles(id: string): Promise<MachineFiles> {
    return createMachineFiles(path.join(this.#directory, id));
  }

  async removeFiles(files: MachineFiles): Promise<void> {
    await removeTree(files.root);
  }

  async start(files: MachineFiles, isEveryProgramShown: boolean): Promise<Machine> {
    const areSomeHidden = !isEveryProgramShown && this.#hiddenPrograms.length > 0;
    return startMachine({
      files,
      accounts: path.join(this.#directory, 'accounts'),
      toolchains: this.#shownToolchains(isEveryProgramShown),
      whiteouts: areSomeHidden ? path.join(this.#directory, 'hidden') : null,
    });
  }

  /** The PATH of a machine's programs. */
  searchPath(isEveryProgramShown: boolean): string {
    const toolchains = this.#shownToolchains(isEveryProgramShown);
    return [...toolchains.map(({ mountPoint }) => `${mountPoint}/bin`), ...SYSTEM_PATH].join(':');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pipes[Symbol.asyncDispose]();
    await removeTree(this.#directory);
  }

  #shownToolchains(isEveryProgramShown: boolean): readonly Toolchain[] {
    if (isEveryProgramShown) return this.#toolchains;
    return this.#toolchains.filter(({ program }) => !this.#hiddenPrograms.includes(program));
  }
}

async function writeWhiteouts(directory: string, programs: readonly string[]): Promise<void> {
  await mkdir(directory);
  await Promise.all(programs.map((program) => run('mknod', [path.join(directory, program), 'c', '0', '0'])));
}

/** A program may have made directories deeper than Node.js can name; `rm` goes into them one by one. */
async function removeTree(directory: string): Promise<void> {
  await run('rm', ['-rf', '--', directory]);
}
