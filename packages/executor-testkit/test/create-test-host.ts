import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ExecutorHost, TypeScriptTransform } from '@cloche/core/executor';
import { testEnvironment } from './environment.ts';

const requireFromCore = createRequire(new URL('../../core/package.json', import.meta.url));
const cache = join(import.meta.dirname, '../node_modules/.cache');

interface Amaro {
  transformSync(source: string, options: { readonly mode: 'transform'; readonly filename: string }): { readonly code: string };
}

/** A host without core's main entry: it transforms every TypeScript file whole. */
export function createTestHost(): ExecutorHost {
  const ignore = (): void => undefined;
  return {
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    owner: { bootId: '0', pid: process.pid, startTime: '0' },
    environment: testEnvironment,
    platform: process.platform,
    privateDirectory: async (kind, name) => {
      const path = join(cache, kind, name);
      await mkdir(path, { recursive: true, mode: 0o700 });
      return path;
    },
    transformTypeScript: ({ path, text }) => Promise.resolve(transform(path, text)),
  };
}

function transform(path: string, text: string): TypeScriptTransform {
  const amaro = requireFromCore('amaro') as Amaro;
  try {
    return { ok: true, code: amaro.transformSync(text, { mode: 'transform', filename: path }).code, needsSourceMap: false };
  } catch (error) {
    return { ok: false, message: `${path}: ${error instanceof Error ? error.message : JSON.stringify(error)}\n` };
  }
}
