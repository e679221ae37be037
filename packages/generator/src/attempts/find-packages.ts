import type { ExecutionRequest, ExecutionResult } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import { delimited } from '../prompts/delimited.ts';

/** Characters of names; a machine of one's own may have hundreds. */
const MOST_CHARACTERS = 2000;

const MISSING_IN_PYTHON = /^ModuleNotFoundError: No module named/mu;

const LIST_PYTHON = `import importlib.metadata
names = {found.metadata["Name"] for found in importlib.metadata.distributions()}
print(", ".join(sorted(name for name in names if name)))
`;

/** The program that lists packages, where a missing one was the failure and others may be there. Null: there is none. */
export function packageListing({ language, run }: ExecutionResult): ExecutionRequest | null {
  if (language !== 'python' || run === null) return null;
  if (!MISSING_IN_PYTHON.test(outputText(run.stderr))) return null;
  return { language, code: LIST_PYTHON };
}

/** What the model is told of the packages that were listed. Null where they could not be. */
export function describePackages({ status, run }: ExecutionResult): string | null {
  if (status !== 'ok' || run === null) return null;
  const names = outputText(run.stdout).trim();
  if (names === '') return 'No package is installed beside the standard library.';
  const shown = names.length <= MOST_CHARACTERS ? names : `${names.slice(0, MOST_CHARACTERS)} …`;
  return `Packages that are installed:\n${delimited('packages', shown)}`;
}
