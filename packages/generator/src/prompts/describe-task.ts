import { isUtf8 } from 'node:buffer';
import type { RequestFile } from '@cloche/core/executor';
import { LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import type { GenerationTask } from '../attempts/generation-task.ts';
import { testedFileName } from '../attempts/tested-file-name.ts';
import { delimited } from './delimited.ts';
import { describeSandbox } from './describe-sandbox.ts';

/**
 * What is wanted, as the first message of a conversation says it.
 *
 * @param version of the language, where it is known from an earlier run
 */
export function describeTask(task: GenerationTask, version: string | null): string {
  const { request, language } = task;
  const parts = [
    'Write the program that this requirement asks for.',
    delimited('requirement', request.requirement),
    describeLanguage(task),
    ...describeContext(task.context),
    ...describeTests(task),
    ...(task.executes ? [`Where it runs:\n${describeSandbox(task, language, version)}`] : []),
  ];
  return parts.join('\n\n');
}

function describeLanguage({ language }: GenerationTask): string {
  if (language !== null) return `Language: ${LANGUAGES[language].displayName}, and no other.`;
  const names = LANGUAGE_IDS.map((id) => LANGUAGES[id].displayName).join(', ');
  return `Language: the one that the requirement names or implies, else Python. It has to be one of: ${names}.`;
}

function describeContext(files: readonly RequestFile[]): readonly string[] {
  if (files.length === 0) return [];
  return [
    `Files that go with the requirement; they lie in the work directory:`,
    ...files.map(({ path, content }) => describeFile(path, content)),
  ];
}

function describeFile(path: string, content: string | Uint8Array): string {
  if (typeof content === 'string') return delimited('file', content, path);
  if (!isUtf8(content) || content.includes(0)) {
    return delimited('file', `(no text: ${content.length} bytes)`, path);
  }
  return delimited('file', new TextDecoder().decode(content), path);
}

function describeTests({ tests, language }: GenerationTask): readonly string[] {
  if (tests === null || language === null) return [];
  const name = testedFileName(language, tests);
  const what = `What is run is the program below, which tests yours and has to exit with 0. Yours is saved beside it as ${name}. It is loaded, compiled in or started as the tests do that, so it has the names that they use; as long as it is being loaded it prints nothing, and it never ends the process by itself. The tests cannot be changed, and are put there anew for every run.`;
  return [what, delimited('tests', tests.code, tests.fileName)];
}
