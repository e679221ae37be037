import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { plant } from './temporary-directory.ts';

/** An executor of a third party: runs nothing, and answers with the program itself. */
const SOURCE = `
import { ClocheError, conclude, ENFORCED_LIMITS, OutputCapture, startExecution } from '@cloche/core/executor';

const everyLimit = (value) => Object.fromEntries(ENFORCED_LIMITS.map((limit) => [limit, value]));

class MirrorExecutor {
  specificationVersion = 1;
  name = 'mirror';
  async probe() {
    return { available: true, version: '1.2.3', latencyMs: 0 };
  }
  async capabilities() {
    return {
      isolation: 'microvm',
      details: [],
      isolationDetail: 'mirror',
      languages: { python: { available: true, version: '3', location: 'mirror' } },
      stdin: ['bytes', 'stream'],
      separateStderr: true,
      liveOutput: true,
      limits: everyLimit('enforced'),
      networks: ['none', 'full'],
      sessions: false,
      artifacts: true,
      warnings: [],
    };
  }
  execute(plan) {
    return startExecution(plan, async (controller) => {
      controller.emit({ type: 'stage', stage: 'create', state: 'started', detail: 'mirror' });
      controller.emit({ type: 'stage', stage: 'create', state: 'finished' });
      const code = plan.files[0].content;
      if (new TextDecoder().decode(code).includes('refuse')) {
        throw new ClocheError({ code: 'ERR_EXECUTOR_FAILED', message: { en: 'The mirror is broken.', zh: '镜子碎了。' } });
      }
      controller.emit({ type: 'stdout', phase: 'run', data: code });
      const stdout = new OutputCapture(1024);
      stdout.append(code);
      const empty = new OutputCapture(0).finish();
      const run = { exitCode: 7, signal: null, stdout: stdout.finish(), stderr: empty, durationMs: 1, stoppedBy: null };
      return {
        id: plan.id,
        language: plan.language,
        ...conclude({ install: null, compile: null, run }, { brokenLimit: null, network: plan.network }),
        install: null,
        compile: null,
        run,
        artifacts: [],
        omittedArtifacts: [],
        removedFiles: [],
        executor: { name: 'mirror', isolation: 'microvm', passedOver: [] },
        toolchainVersion: null,
        image: null,
        network: plan.network,
        enforcement: everyLimit({ support: 'enforced', value: null, mechanism: 'mirror' }),
        warnings: [],
        durationMs: 1,
      };
    });
  }
  async reap() {
    return { removed: [], failed: [] };
  }
  async [Symbol.asyncDispose]() {}
}

export default {
  specificationVersion: 1,
  name: 'mirror',
  optionsSchema: { '~standard': { version: 1, vendor: 'mirror', validate: (value) => ({ value }) } },
  create: () => new MirrorExecutor(),
};
`;

/**
 * Packs the executor `mirror` outside of the repository. Returns the path of the tarball.
 *
 * @param more runs as it is loaded
 */
export function packSamplePlugin(directory: string, more = ''): string {
  const manifest = {
    name: 'somebodys-mirror',
    version: '1.2.3',
    type: 'module',
    exports: './index.js',
    peerDependencies: { '@cloche/core': '*' },
  };
  plant(directory, 'plugin/package.json', JSON.stringify(manifest));
  plant(directory, 'plugin/index.js', `${SOURCE}\n${more}`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--silent', '--pack-destination', directory], {
    cwd: path.join(directory, 'plugin'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path.join(directory, 'somebodys-mirror-1.2.3.tgz');
}
