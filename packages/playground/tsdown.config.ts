import type { UserConfig } from 'tsdown';
import { libraryOptions } from '../../scripts/build-options.ts';

const config: UserConfig = libraryOptions(['src/index.ts']);

export default config;
