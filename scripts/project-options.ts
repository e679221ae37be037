import type { ViteUserConfig } from 'vitest/config';

const conditions = ['@cloche/source', 'node', 'import', 'module', 'default'];

/** The options of one package's tests: from source, with no build before them. */
export function projectOptions(name: string): ViteUserConfig {
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      name,
      environment: 'node',
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/dist/**', '**/fixtures/**'],
      // Not Vitest's default, which is one on two processors. Each file starts compilers of its own: more workers than
      // this only make them time out.
      maxWorkers: 2,
      // Tests run real compilers and real sandboxes.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // For what Node.js itself loads in a worker: neighbouring packages, from source as well.
      execArgv: ['--conditions=@cloche/source'],
    },
  };
}
