import type { UserConfig } from 'tsdown';
import { bundledLicences } from './bundled-licences.ts';
import { leftOutModules } from './left-out-modules.ts';
import { lazyMcpSdk } from './lazy-mcp-sdk.ts';
import { plainBuiltins } from './plain-builtins.ts';
import { quickSource } from './quick-source.ts';

const common = {
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  fixedExtension: false,
  clean: true,
  failOnWarn: true,
  // Neighbours are read from their sources, so no package has to be built before another.
  inputOptions: { resolve: { conditionNames: ['@cloche/source', 'node', 'import', 'default'] } },
} satisfies UserConfig;

/** A package for programs: it imports its dependencies and takes none of them into its own files. */
export function libraryOptions(entry: readonly string[]): UserConfig {
  return { ...common, entry: [...entry], dts: true, sourcemap: true, deps: { onlyBundle: [] } };
}

/** A package for programs that carries its dependencies inside, so that installing it brings nothing along but peers. */
export function selfContainedOptions(entry: readonly string[]): UserConfig {
  return {
    ...common,
    entry: [...entry],
    dts: true,
    sourcemap: true,
    deps: { onlyBundle: false, neverBundle: [/^@cloche\/core/] },
    plugins: [leftOutModules(), bundledLicences()],
  };
}

/**
 * A command: everything that it needs is inside, so that an install brings nothing along. What is imported lazily stays
 * in files of its own, so that it is not loaded before it is needed.
 */
export function commandOptions(entry: Readonly<Record<string, string>>): UserConfig {
  return {
    ...common,
    entry: { ...entry },
    dts: false,
    deps: { onlyBundle: false, onlyImport: [] },
    plugins: [leftOutModules(), lazyMcpSdk(), plainBuiltins(), quickSource(), bundledLicences()],
  };
}
