import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    projects: ['packages/*', 'scripts'],
    // Each test file starts compilers of its own: more workers than this only make them time out.
    maxWorkers: 2,
    reporters: ['default', './scripts/test-reporter.ts'],
    passWithNoTests: false,
    coverage: { provider: 'v8', include: ['packages/*/src/**'], exclude: ['**/*.test.ts'] },
  },
});

export default config;
