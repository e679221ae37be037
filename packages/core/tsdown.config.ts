import type { UserConfig } from 'tsdown';
import { buildOptions } from '../../scripts/build-options.ts';

const config: UserConfig = buildOptions({ entry: ['src/index.ts', 'src/executor/index.ts'] });

export default config;
