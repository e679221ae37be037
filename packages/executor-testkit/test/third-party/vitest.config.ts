import type { ViteUserConfig } from 'vitest/config';
import options from '../../vitest.config.ts';

const config: ViteUserConfig = {
  ...options,
  test: { ...options.test, include: ['*.conformance.ts'], exclude: [], reporters: ['json'] },
};

export default config;
