import type { UserConfig } from 'tsdown';
import { commandOptions } from '../../scripts/build-options.ts';

const config: UserConfig = commandOptions({
  bin: 'src/bin.ts',
  // What an added executor imports as @cloche/core/executor: the same classes that the command itself uses.
  'executor-contract': '../core/src/executor/index.ts',
});

export default config;
