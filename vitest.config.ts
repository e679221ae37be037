import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { shareCompiledCode } from './scripts/environment.ts';

shareCompiledCode(join(import.meta.dirname, 'node_modules/.cache/compiled-code'));

const config: ViteUserConfig = defineConfig({
  test: {
    projects: ['packages/*', 'scripts'],
    reporters: ['default', './scripts/test-reporter.ts'],
    passWithNoTests: false,
    coverage: { provider: 'v8', include: ['packages/*/src/**'], exclude: ['**/*.test.ts'] },
  },
});

export default config;
