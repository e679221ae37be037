import type { UserConfig } from 'tsdown';

/** What every package builds alike: ESM, declarations, source maps, straight from the neighbours' sources. */
export function buildOptions(options: UserConfig): UserConfig {
  return {
    format: 'esm',
    platform: 'node',
    target: 'node22.18',
    fixedExtension: false,
    dts: true,
    sourcemap: true,
    clean: true,
    // Neighbours are read from their sources, so no package has to be built before another.
    inputOptions: { resolve: { conditionNames: ['@cloche/source', 'node', 'import', 'default'] } },
    ...options,
  };
}
