import { resolve } from 'node:path';
import type { UserConfig } from 'tsdown';
import { commandOptions } from '../../scripts/build-options.ts';
import { buildPage } from '../../scripts/build-page.ts';

const config: UserConfig = {
  ...commandOptions({
    bin: 'src/bin.ts',
    // What an added executor imports as @cloche/core/executor: the same classes that the command itself uses.
    'executor-contract': '../core/src/executor/index.ts',
  }),
  // What the package names first is of a kind that asks for its own files in a way that no bundler sees.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // The page of `cloche ui`, beside the files that serve it.
  hooks: { 'build:done': ({ options }) => buildPage(resolve(options.outDir, 'page')) },
  // Core loads lazily what the command needs at once; in one file with the rest it stays where it is.
  checks: { ineffectiveDynamicImport: false },
  outputOptions: {
    codeSplitting: {
      // Every file more costs a plain run a millisecond or two, so what it needs is in one, whoever else needs it too.
      groups: [
        // Loaded before the compile cache is on, and so kept small.
        {
          name: 'start',
          test: /[\\/](?:base-directories|enable-compile-cache|cli[\\/]src[\\/]environment)\.ts$/,
          priority: 2,
        },
        {
          name: 'main',
          test: /[\\/]cli[\\/]src[\\/](?:main|commands[\\/]run[\\/]run-command)\.ts$/,
          priority: 1,
        },
      ],
    },
  },
};

export default config;
