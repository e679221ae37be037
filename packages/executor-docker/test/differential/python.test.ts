import { describePrograms, useLaboratory } from './describe-programs.ts';
import { PYTHON_ENDINGS } from './programs/python-endings.ts';
import { PYTHON_MORE_FILES } from './programs/python-more-files.ts';
import { PYTHON_PROCESS } from './programs/python-process.ts';
import { PYTHON_SOURCE } from './programs/python-source.ts';
import { PYTHON_START } from './programs/python-start.ts';

const laboratory = useLaboratory();
const programs = [
  ...PYTHON_START,
  ...PYTHON_PROCESS,
  ...PYTHON_SOURCE,
  ...PYTHON_MORE_FILES,
  ...PYTHON_ENDINGS,
];

describePrograms('python', programs, laboratory);
