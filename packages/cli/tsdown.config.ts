import type { UserConfig } from 'tsdown';
import { commandOptions } from '../../scripts/build-options.ts';

const config: UserConfig = commandOptions(['src/bin.ts']);

export default config;
