import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const manifests = {
  '.': { name: 'root', devDependencies: { vitest: '5' } },
  'packages/core': {
    name: '@cloche/core',
    exports: { '.': './src/index.ts', './executor': './src/executor/index.ts' },
    dependencies: { zod: '4' },
  },
  'packages/executor-local': {
    name: '@cloche/executor-local',
    exports: { '.': './src/index.ts' },
    dependencies: { execa: '10' },
    peerDependencies: { '@cloche/core': '0' },
    devDependencies: { '@cloche/core': '0', '@cloche/executor-testkit': '0' },
  },
  'packages/executor-docker': {
    name: '@cloche/executor-docker',
    exports: { '.': './src/index.ts' },
    peerDependencies: { '@cloche/core': '0' },
    devDependencies: { '@cloche/sandbox-agent': '0' },
  },
  'packages/sandbox-agent': {
    name: '@cloche/sandbox-agent',
    private: true,
    exports: { '.': './src/index.ts' },
    dependencies: { 'tar-stream': '3' },
    peerDependencies: { '@cloche/core': '0' },
  },
  'packages/daytona-test-server': {
    name: '@cloche/daytona-test-server',
    private: true,
    exports: { '.': './src/index.ts' },
  },
  'packages/executor-daytona': {
    name: '@cloche/executor-daytona',
    exports: { '.': './src/index.ts' },
    dependencies: { '@daytonaio/sdk': '0' },
    devDependencies: { '@cloche/daytona-test-server': '0' },
  },
  'packages/executor-testkit': {
    name: '@cloche/executor-testkit',
    exports: { '.': './src/index.ts' },
    peerDependencies: { '@cloche/core': '0', vitest: '5' },
  },
  'packages/playground': {
    name: '@cloche/playground',
    exports: { '.': './src/index.ts' },
    devDependencies: { react: '19' },
  },
  'packages/cli': {
    name: 'cloche',
    devDependencies: { '@cloche/core': '0', '@cloche/executor-local': '0', commander: '15' },
  },
};

const sources = {
  'packages/playground/src/page/main.ts': `import 'react';\n`,
  'packages/core/src/index.ts': `export { createRunner } from './runner.ts';\nexport type { Plan } from './executor/index.ts';\n`,
  'packages/core/src/runner.ts': `import { z } from 'zod';\nimport { plan } from './executor/index.ts';\nexport const createRunner = () => [z, plan];\n`,
  'packages/core/src/environment.ts': `export const home = process.env['HOME'];\n`,
  'packages/core/src/executor/index.ts': `export { plan, type Plan } from './plan.ts';\n`,
  'packages/core/src/executor/plan.ts': `import { sep } from 'node:path';\nexport type Plan = string;\nexport const plan: Plan = sep;\n`,
  'packages/core/src/executor/plan.test.ts': `import { test } from 'vitest';\nimport { createRunner } from '../index.ts';\ntest('is', () => createRunner());\n`,
  'packages/executor-local/src/index.ts': `export { run } from './run.ts';\n`,
  'packages/executor-local/src/run.ts': `import { execa } from 'execa';\nimport type { Plan } from '@cloche/core/executor';\nexport const run = (plan: Plan) => execa(plan);\n`,
  'packages/executor-local/test/run.test.ts': `import { createRunner } from '@cloche/core';\nimport { describeExecutor } from '@cloche/executor-testkit';\nprocess.env['A'] = '1';\ndescribeExecutor(createRunner);\n`,
  'packages/executor-docker/src/index.ts': `export { send } from './send.ts';\n`,
  'packages/executor-docker/src/send.ts': `import { packFiles } from '@cloche/sandbox-agent';\nexport const send = packFiles;\n`,
  'packages/executor-daytona/test/run.test.ts': `import { startServer } from '@cloche/daytona-test-server';\nstartServer();\n`,
  'packages/sandbox-agent/src/index.ts': `export { packFiles } from './pack-files.ts';\n`,
  'packages/sandbox-agent/src/pack-files.ts': `import type { Plan } from '@cloche/core/executor';\nexport const packFiles = (plan: Plan) => [plan, import('tar-stream')];\n`,
  'packages/cli/src/bin.ts': `import { Command } from 'commander';\nimport { createRunner } from '@cloche/core';\nimport type { run } from '@cloche/executor-local';\nexport const load = () => import('@cloche/executor-local');\nexport const all: [typeof run, unknown] = [load, [Command, createRunner]];\n`,
};

export interface PlantedWorkspace {
  readonly root: string;
  plant(file: string, text: string): void;
}

/** A small tree in which every arrow points the right way, there until the test ends. */
export function plantWorkspace(): PlantedWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'cloche-arrows-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const plant = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [directory, manifest] of Object.entries(manifests)) {
    plant(join(directory, 'package.json'), JSON.stringify(manifest));
  }
  for (const [file, text] of Object.entries(sources)) plant(file, text);
  return { root, plant };
}
