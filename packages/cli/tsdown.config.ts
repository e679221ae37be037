import type { UserConfig } from 'tsdown';
import { buildOptions } from '../../scripts/build-options.ts';

const config: UserConfig = buildOptions({ entry: ['src/bin.ts'] });

export default config;
