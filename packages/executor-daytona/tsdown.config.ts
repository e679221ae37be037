import type { UserConfig } from 'tsdown';
import { selfContainedOptions } from '../../scripts/build-options.ts';

const config: UserConfig = selfContainedOptions(['src/index.ts']);

export default config;
