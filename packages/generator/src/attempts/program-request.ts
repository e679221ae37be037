import type { ExecutionPlan, ExecutionRequest, LanguageId } from '@cloche/core/executor';
import { createPlan, LANGUAGES } from '@cloche/core/executor';
import type { GenerationTask } from './generation-task.ts';
import { testedFileName } from './tested-file-name.ts';

/** The name of a program's file. */
export function programFileName(
  task: Pick<GenerationTask, 'tests'>,
  language: LanguageId,
  code: string,
): string {
  return task.tests === null ? LANGUAGES[language].entryFileName(code) : testedFileName(language, task.tests);
}

/** The run of a program. With tests, they are what runs, and the program lies beside them. */
export function programRequest(task: GenerationTask, language: LanguageId, code: string): ExecutionRequest {
  const { request, context, tests } = task;
  const fileName = programFileName(task, language, code);
  // Whoever hands a program over to be changed gets it changed.
  const files = context.filter(({ path }) => path !== fileName);
  return {
    ...(tests === null
      ? { language, code, files }
      : {
          language: tests.language,
          code: tests.code,
          fileName: tests.fileName,
          files: [{ path: fileName, content: code }, ...files],
        }),
    ...(request.limits === undefined ? {} : { limits: request.limits }),
    ...(request.network === undefined ? {} : { network: request.network }),
    ...(request.arguments === undefined ? {} : { arguments: request.arguments }),
    ...(request.stdin === undefined ? {} : { stdin: request.stdin }),
  };
}

const PLACEHOLDER = 'main';

/**
 * How a program will be run that is not written yet.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` where no program at all could be run with this request
 */
export function planOf(task: GenerationTask, language: LanguageId): ExecutionPlan {
  return createPlan(programRequest(task, language, PLACEHOLDER), task.limits);
}
