import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** An executor that runs nothing and prints `hello from NAME`, with an error class for which copy it got. */
function executorSource(name: string): string {
  return `
import { ClocheError, EMPTY_OUTPUT, conclude, startExecution } from '@cloche/core/executor';

const enforcement = Object.fromEntries(
  ['wall', 'memory', 'cpu', 'processes', 'scratch', 'openFiles', 'output'].map((limit) => [
    limit, { support: 'unsupported', value: null, mechanism: null },
  ]),
);

export const ErrorClass = ClocheError;

export default {
  specificationVersion: 1,
  name: ${JSON.stringify(name)},
  optionsSchema: { '~standard': { version: 1, vendor: 'fixture', validate: (value) => ({ value }) } },
  create: (options, host) => ({
    specificationVersion: 1,
    name: ${JSON.stringify(name)},
    probe: async () => ({ available: true, version: '1', latencyMs: 0 }),
    capabilities: async () => { throw new ClocheError({ code: 'ERR_EXECUTOR_UNAVAILABLE', message: { en: 'no', zh: '否' } }); },
    execute: (plan) => startExecution(plan, async ({ emit }) => {
      const data = new TextEncoder().encode('hello from ${name}\\n');
      emit({ type: 'stdout', phase: 'run', data });
      throw new ClocheError({ code: 'ERR_EXECUTOR_FAILED', message: { en: 'ran ' + plan.entry, zh: '已运行' } });
    }),
    reap: async () => ({ removed: [], failed: [] }),
    [Symbol.asyncDispose]: async () => undefined,
  }),
};
`;
}

export interface PluginFixture {
  readonly packageName: string;
  readonly version?: string;
  /** Default: an executor of the name `word`. */
  readonly source?: string;
  readonly word?: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** Writes a package into `directory` and packs it as its author would. Answers the tarball's path. */
export async function packPlugin(directory: string, fixture: PluginFixture): Promise<string> {
  const { packageName, version = '1.2.3', word = 'glass' } = fixture;
  const source = join(directory, `source-${version}`);
  await mkdir(source, { recursive: true });
  const manifest = {
    name: packageName,
    version,
    type: 'module',
    exports: { import: './index.js' },
    peerDependencies: { '@cloche/core': '^0.0.0' },
    ...fixture.manifest,
  };
  await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(source, 'index.js'), fixture.source ?? executorSource(word));
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--pack-destination', directory], {
    cwd: source,
  });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  return join(directory, (packed?.filename ?? '').replace('@', '').replace('/', '-'));
}
