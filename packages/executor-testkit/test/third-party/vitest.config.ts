import { defineConfig } from 'vitest/config';
import { projectOptions } from '../../../../scripts/project-options.ts';

const options = projectOptions('third-party');

export default defineConfig({
  ...options,
  test: { ...options.test, include: ['*.conformance.ts'], exclude: [], reporters: ['json'] },
}) as ReturnType<typeof defineConfig>;
