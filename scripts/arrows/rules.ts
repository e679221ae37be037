/** Who may import whom inside this repository: docs/decisions says why, this table is what CI enforces. */
export interface PackageRules {
  /**
   * The neighbours that its sources may import. A bare name allows every exported subpath, a name with a subpath that
   * one alone.
   */
  readonly neighbours: readonly string[];
  /** Neighbours that are loaded when they are first needed: `import()` or `import type`, never a plain import. */
  readonly lazyNeighbours?: readonly string[];
  /** Its build takes devDependencies into its own files, so that an install brings nothing along. */
  readonly isBundled?: boolean;
}

const executor: PackageRules = { neighbours: ['@cloche/core/executor'] };
/** Private, and so taken into the files of those that import it. */
const sandboxAgent = '@cloche/sandbox-agent';
const agentExecutor: PackageRules = { neighbours: ['@cloche/core/executor', sandboxAgent], isBundled: true };
const builtInExecutors = ['@cloche/executor-local', '@cloche/executor-docker'];

export const packageRules: Readonly<Record<string, PackageRules>> = {
  '@cloche/core': { neighbours: [] },
  '@cloche/executor-testkit': executor,
  '@cloche/executor-local': executor,
  '@cloche/executor-docker': agentExecutor,
  '@cloche/executor-daytona': agentExecutor,
  [sandboxAgent]: executor,
  '@cloche/daytona-test-server': { neighbours: [] },
  '@cloche/generator': { neighbours: ['@cloche/core'] },
  '@cloche/model-test-server': { neighbours: [] },
  '@cloche/playground': { neighbours: ['@cloche/core', '@cloche/generator'] },
  '@cloche/mcp-server': {
    neighbours: ['@cloche/core'],
    lazyNeighbours: [...builtInExecutors, '@cloche/generator'],
    isBundled: true,
  },
  cloche: {
    neighbours: ['@cloche/core', '@cloche/generator', '@cloche/mcp-server', '@cloche/playground'],
    lazyNeighbours: builtInExecutors,
    isBundled: true,
  },
};

/** Folders whose sources import nothing from outside themselves but Node.js: what they export costs nothing to load. */
export const closedFolders: readonly string[] = ['packages/core/src/executor'];

/**
 * Folders that are built apart from the package around them, for a browser: their build takes devDependencies into its
 * files, of which the package itself then imports none.
 */
export const bundledFolders: readonly string[] = ['packages/playground/src/page'];

/** Where an import may be computed: loading the plugins that a user installed. */
export const computedImportFiles: readonly string[] = ['packages/core/src/plugins/import-plugin.ts'];

/** The one name of a file that may read `process.env`. */
export const environmentFileName = 'environment.ts';
