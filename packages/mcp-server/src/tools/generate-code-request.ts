import type { Config, GenerationRequest, GenerationTests } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import { testsNeedLanguage } from '../generation/generation-errors.ts';
import type { GenerateCodeInput } from './generate-code-input.ts';

/** @throws ClocheError `ERR_REQUEST_INVALID` for tests in no language */
export function generationRequest(
  input: GenerateCodeInput,
  { generator }: Pick<Config, 'generator'>,
): GenerationRequest {
  const { requirement, language = null, context, tests, execute } = input;
  const { max_attempts: maximumAttempts, timeout_seconds: timeoutSeconds } = input;
  return {
    requirement,
    language,
    ...(context !== undefined && { context }),
    ...(tests !== undefined && { tests: generationTests(tests, language) }),
    ...(execute !== undefined && { executes: execute }),
    ...(maximumAttempts !== undefined && { maximumAttempts }),
    ...(timeoutSeconds !== undefined && {
      timeoutMs: Math.min(Math.round(timeoutSeconds * 1000), generator.timeoutMs),
    }),
  };
}

function generationTests(code: string, language: LanguageId | null): GenerationTests {
  if (language === null) throw testsNeedLanguage();
  const { extensions, entryFileName } = LANGUAGES[language];
  // The name of a file in Java follows from what is in it.
  const fileName = language === 'java' ? entryFileName(code) : `tests${extensions[0] ?? ''}`;
  return { fileName, language, code };
}
