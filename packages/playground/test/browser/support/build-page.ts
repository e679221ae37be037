import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

/** The page as it is published, from the sources as they are now. */
export async function setup(project: TestProject): Promise<void> {
  const root = join(import.meta.dirname, '../../..');
  const pageDirectory = join(root, 'node_modules/.cache/page');
  await build({
    configFile: join(root, 'vite.config.ts'),
    mode: 'production',
    // The manifest says which file needs which.
    build: { outDir: pageDirectory, manifest: true },
  });
  project.provide('pageDirectory', pageDirectory);
}
