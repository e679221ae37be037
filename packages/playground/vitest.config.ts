import type { ViteUserConfig } from 'vitest/config';
import { projectOptions } from '../../scripts/project-options.ts';

const config: ViteUserConfig = projectOptions('playground');

export default config;
