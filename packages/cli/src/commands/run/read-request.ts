import { basename, resolve } from 'node:path';
import type { LoadedConfig } from '@cloche/core';
import { LANGUAGES, languageFromFileName, pathProblem } from '@cloche/core/executor';
import type { ExecutionRequest, LanguageId } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { ParsedOptions } from '../../program/parsed-options.ts';
import type { StdinSource } from './choose-stdin.ts';
import { chooseStdin } from './choose-stdin.ts';
import { collectFiles } from './collect-files.ts';
import { invalidRequest } from './invalid-request.ts';
import { parseEnvironment } from './parse-environment.ts';
import { checkReadable, readAtMost, readInputFile } from './read-input-file.ts';
import { requiredByFlags } from './required-by-flags.ts';
import { resolveLanguage } from './resolve-language.ts';

export interface RunInput {
  readonly request: ExecutionRequest;
  readonly stdin: StdinSource;
}

/**
 * Everything that a command line asks for, read and checked before anything starts.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` or `ERR_LANGUAGE_UNSUPPORTED` with the word at fault
 */
export async function readRequest(
  commandArguments: readonly string[],
  options: ParsedOptions,
  loaded: LoadedConfig,
  context: CommandContext,
): Promise<RunInput> {
  const [file = '', ...programArguments] = commandArguments;
  const isFromStdin = file === '-';
  const programPath = isFromStdin ? null : resolve(context.workingDirectory, file);
  const stdin = chooseStdin(options.text('stdin'), isFromStdin);
  // A wrong name is an error before the run, and not an empty input in it.
  if (stdin.kind === 'file') await checkReadable(stdin.path);
  const environment = parseEnvironment(options.list('env'), context.environment);

  const { inputBytes, inputCount } = loaded.config.limits;
  const code =
    programPath === null
      ? await readStdin(inputBytes, context)
      : (await readInputFile(file, inputBytes)).content;
  refuseEmpty(code, file);
  const language = resolveLanguage(options.text('language'), programPath, code);
  const files = await collectFiles(options.list('file'), {
    workingDirectory: context.workingDirectory,
    programPath,
    limitBytes: inputBytes,
    limitCount: inputCount,
  });

  const request: ExecutionRequest = {
    language,
    code,
    ...(programPath === null ? {} : fileNameFor(basename(programPath), language)),
    files,
    arguments: programArguments,
    environment,
    ...(stdin.kind === 'none' ? {} : { stdin: { kind: 'stream' } }),
    ...requiredByFlags(loaded),
    ...(options.text('out') === null ? {} : { collectArtifacts: true }),
    compileArguments: options.list('compile-arg'),
  };
  return { request, stdin };
}

/** The file's own name wherever the toolchain takes it: compilers want their extension. */
function fileNameFor(name: string, language: LanguageId): { fileName?: string } {
  const isOwn = languageFromFileName(name) === language;
  const isPlain = !name.includes('.') && LANGUAGES[language].compile === null;
  return (isOwn || isPlain) && pathProblem(name) === null ? { fileName: name } : {};
}

function readStdin(limitBytes: number, context: CommandContext): Promise<Uint8Array> {
  if (process.stdin.isTTY) {
    context.messages.note({
      en: 'Type the program; Ctrl-D on a line of its own ends it.',
      zh: '请输入程序；在单独一行按 Ctrl-D 结束。',
    });
  }
  return readAtMost(process.stdin, 'stdin', limitBytes);
}

function refuseEmpty(code: Uint8Array, file: string): void {
  if (new TextDecoder().decode(code.subarray(0, 4096)).trim() !== '' || code.length > 4096) return;
  const name =
    file === '-'
      ? { en: 'The program from standard input', zh: '来自标准输入的程序' }
      : { en: printable(file), zh: printable(file) };
  throw invalidRequest(
    { en: `${name.en} is empty: there is nothing to run.`, zh: `${name.zh} 为空，没有可运行的内容。` },
    file === '-'
      ? {
          en: "Pipe a program in: echo 'print(1)' | cloche run - --language python",
          zh: "请通过管道传入程序：echo 'print(1)' | cloche run - --language python",
        }
      : null,
  );
}
