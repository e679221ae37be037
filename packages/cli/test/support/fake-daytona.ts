import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { plant } from './temporary-directory.ts';

/**
 * Stands where @cloche/executor-daytona stands: shows the options that it got in its details, costs something only where
 * it may, and keeps its snapshots in a file.
 */
const SOURCE = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ClocheError, ENFORCED_LIMITS } from '@cloche/core/executor';

// So that a test can tell whether this was loaded.
if (process.env.FAKE_DAYTONA_LOADED !== undefined) writeFileSync(process.env.FAKE_DAYTONA_LOADED, '');

const noKey = { en: 'No Daytona API key is configured.', zh: '没有配置 Daytona API 密钥。' };

class FakeDaytona {
  specificationVersion = 1;
  name = 'daytona';
  constructor(options) {
    this.options = options;
  }
  async probe() {
    return this.options.apiKey === undefined
      ? { available: false, code: 'ERR_EXECUTOR_UNAVAILABLE', reason: noKey, hint: noKey, fix: [] }
      : { available: true, version: 'fake', latencyMs: 0 };
  }
  async capabilities({ languages = ['python'], mayCost = true } = {}) {
    const shown = JSON.stringify(this.options);
    const found = languages.map((id) => [id, { available: true, version: '3.14', location: 'fake' }]);
    return {
      isolation: 'container',
      isolationDetail: 'fake',
      languages: mayCost ? Object.fromEntries(found) : {},
      stdin: ['bytes', 'stream'],
      separateStderr: true,
      liveOutput: true,
      limits: Object.fromEntries(ENFORCED_LIMITS.map((limit) => [limit, 'enforced'])),
      networks: ['none', 'full'],
      sessions: false,
      artifacts: true,
      details: [{ en: shown, zh: shown }],
      warnings: [],
    };
  }
  execute() {
    throw new Error('runs nothing');
  }
  async reap() {
    return { removed: [{ kind: 'sandbox', name: 'cloche-left' }], failed: [] };
  }
  async [Symbol.asyncDispose]() {}
}

export default {
  specificationVersion: 1,
  name: 'daytona',
  optionsSchema: {
    '~standard': {
      version: 1,
      vendor: 'fake',
      validate: (value) =>
        value.target === 'nowhere' ? { issues: [{ message: 'is no region', path: ['target'] }] } : { value },
    },
  },
  create: (options) => new FakeDaytona(options),
};

export function daytonaSnapshots(options, host) {
  if (options.apiKey === undefined) throw new ClocheError({ code: 'ERR_EXECUTOR_UNAVAILABLE', message: noKey });
  const file = host.environment.FAKE_DAYTONA_FILE;
  const read = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
  const write = (snapshots) => writeFileSync(file, JSON.stringify(snapshots));
  return {
    async create({ onLog, signal, ...request }) {
      onLog('#1 FROM \\u001B[31mdebian\\u001B[0m\\n#2 RUN apt-get');
      if (request.name === 'endless') {
        await new Promise((_, reject) => {
          const timer = setInterval(() => undefined, 1000);
          signal.addEventListener('abort', () => { clearInterval(timer); reject(signal.reason); });
        });
      }
      const isBroken = request.name === 'broken';
      const snapshot = {
        name: request.name,
        state: isBroken ? 'build_failed' : 'active',
        errorReason: isBroken ? 'apt-get said no' : null,
        sizeGib: 3,
        createdAt: '2026-11-25T10:00:00.000Z',
      };
      write([...read(), { ...snapshot, request, apiUrl: options.apiUrl ?? null }]);
      return snapshot;
    },
    async list() {
      return read().map(({ request, apiUrl, ...snapshot }) => snapshot);
    },
    async delete(name) {
      const left = read().filter((snapshot) => snapshot.name !== name);
      if (left.length === read().length) {
        const message = { en: 'Daytona API error: not found', zh: 'Daytona API错误: not found' };
        throw new ClocheError({ code: 'ERR_EXECUTOR_UNAVAILABLE', message });
      }
      write(left);
    },
    async [Symbol.asyncDispose]() {},
  };
}
`;

/** Packs an executor of the name `daytona` with no SDK. Returns the path of the tarball. */
export function packFakeDaytona(directory: string): string {
  const manifest = {
    name: '@cloche/executor-daytona',
    version: '9.9.9',
    type: 'module',
    exports: './index.js',
    peerDependencies: { '@cloche/core': '*' },
  };
  plant(directory, 'fake-daytona/package.json', JSON.stringify(manifest));
  plant(directory, 'fake-daytona/index.js', SOURCE);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--silent', '--pack-destination', directory], {
    cwd: path.join(directory, 'fake-daytona'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path.join(directory, 'cloche-executor-daytona-9.9.9.tgz');
}
