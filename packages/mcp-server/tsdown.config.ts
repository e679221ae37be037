import type { UserConfig } from 'tsdown';
import { commandOptions } from '../../scripts/build-options.ts';

const config: UserConfig = {
  ...commandOptions({
    bin: 'src/bin.ts',
    // What an added executor imports as @cloche/core/executor: the same classes that the command itself uses.
    'executor-contract': '../core/src/executor/index.ts',
  }),
  // Core loads lazily what the command needs at once; in one file with the rest it stays where it is.
  checks: { ineffectiveDynamicImport: false },
  outputOptions: {
    codeSplitting: {
      groups: [
        // Loaded before the compile cache is on, and so kept small.
        {
          name: 'start',
          test: /[\\/](?:base-directories|enable-compile-cache|mcp-server[\\/]src[\\/]environment)\.ts$/,
          priority: 2,
        },
        { name: 'main', test: /[\\/]mcp-server[\\/]src[\\/](?:index|bin[\\/]main)\.ts$/, priority: 1 },
      ],
    },
  },
};

export default config;
