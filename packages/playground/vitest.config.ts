import type { ViteUserConfig } from 'vitest/config';
import { projectOptions } from '../../scripts/project-options.ts';

const options = projectOptions('playground');
const config: ViteUserConfig = {
  ...options,
  test: { ...options.test, globalSetup: ['./test/browser/support/build-page.ts'] },
};

export default config;
