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
      // Tests run real compilers and real sandboxes.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // What a test hands to a child process as node's flags, so that the child runs from source too.
      execArgv: ['--conditions=@cloche/source'],
    },
  };
}
