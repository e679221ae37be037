import type { ViteUserConfig } from 'vitest/config';
import { projectOptions } from './project-options.ts';

const config: ViteUserConfig = projectOptions('scripts');

export default config;
