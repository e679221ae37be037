import { describePrograms, useLaboratory } from './describe-programs.ts';
import { JAVASCRIPT_ENDINGS } from './programs/javascript-endings.ts';
import { JAVASCRIPT_MODULES } from './programs/javascript-modules.ts';
import { JAVASCRIPT_SOURCE } from './programs/javascript-source.ts';
import { JAVASCRIPT_START } from './programs/javascript-start.ts';
import { TYPESCRIPT } from './programs/typescript.ts';

const laboratory = useLaboratory();
const programs = [...JAVASCRIPT_START, ...JAVASCRIPT_MODULES, ...JAVASCRIPT_SOURCE, ...JAVASCRIPT_ENDINGS];

describePrograms('javascript', programs, laboratory);
describePrograms('typescript', TYPESCRIPT, laboratory);
