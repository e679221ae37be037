import type { GenerationRequest, LoadedConfig } from '@cloche/core';
import { languageFromFileName } from '@cloche/core/executor';
import type { LanguageId, LocalizedText } from '@cloche/core/executor';
import type { CommandContext } from '../../program/command-context.ts';
import type { ParsedOptions } from '../../program/parsed-options.ts';
import { invalidRequest } from '../run/invalid-request.ts';
import { readAtMost, readInputFile } from '../run/read-input-file.ts';
import { requiredByFlags } from '../run/required-by-flags.ts';
import { languageOfName } from '../run/resolve-language.ts';
import { readContext, readTests } from './read-context.ts';
import { readRequirement } from './read-requirement.ts';

/** @throws ClocheError `ERR_REQUEST_INVALID` for options of which one makes another pointless */
export function refuseContradictions(options: ParsedOptions, requirement: string | null): void {
  const isRun = !options.isOff('run');
  for (const name of ['tests', 'stdin'] as const) {
    if (!isRun && options.text(name) !== null) throw pointless(`--${name}`, '--no-run', IS_NOT_RUN);
  }
  if (!isRun && options.list('arg').length > 0) throw pointless('--arg', '--no-run', IS_NOT_RUN);
  if (options.isSet('force') && options.text('output') === null) {
    throw invalidRequest(
      {
        en: '--force is for --output, which is not given.',
        zh: '--force 只用于 --output，但没有给出 --output。',
      },
      { en: 'Add --output FILE, or leave --force out.', zh: '请加上 --output FILE，或去掉 --force。' },
    );
  }
  if (options.text('stdin') === '-' && (requirement === null || requirement === '-')) {
    throw invalidRequest(
      {
        en: 'The requirement itself comes from standard input, so --stdin - has nothing left to read.',
        zh: '需求本身来自标准输入，因此 --stdin - 无内容可读。',
      },
      {
        en: 'Give the requirement as an argument, or the input as a file: --stdin input.txt',
        zh: '请将需求作为参数，或将输入放入文件：--stdin input.txt',
      },
    );
  }
}

/**
 * Everything that a command line asks for, read and checked before a model is asked. What a person types comes last.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` or `ERR_LANGUAGE_UNSUPPORTED` with the word at fault
 * @throws the signal's reason after an abort
 */
export async function readGeneration(
  word: string | null,
  options: ParsedOptions,
  loaded: LoadedConfig,
  context: CommandContext,
  signal: AbortSignal,
): Promise<GenerationRequest> {
  const language = chooseLanguage(options.text('language'), options.text('output'));
  const tests = options.text('tests');
  const stdin = options.text('stdin');
  const request = {
    language,
    context: await readContext(options.list('context'), context.workingDirectory),
    ...(tests === null ? {} : { tests: await readTests(tests) }),
    executes: !options.isOff('run'),
    arguments: options.list('arg'),
    ...(stdin === null ? {} : { stdin: await readStdin(stdin, loaded.config.limits.inputBytes) }),
    ...requiredByFlags(loaded),
  };
  return { requirement: await readRequirement(word, context, signal), ...request };
}

/** Null: the model chooses. */
function chooseLanguage(named: string | null, output: string | null): LanguageId | null {
  if (named !== null) return languageOfName(named, '--language ');
  return output === null ? null : languageFromFileName(output);
}

async function readStdin(file: string, limitBytes: number): Promise<Uint8Array> {
  if (file === '-') return readAtMost(process.stdin, 'stdin', limitBytes);
  return (await readInputFile(file, limitBytes)).content;
}

const IS_NOT_RUN: LocalizedText = { en: 'nothing is run', zh: '不会运行任何程序' };

function pointless(option: string, other: string, because: LocalizedText): Error {
  return invalidRequest(
    {
      en: `${option} is pointless with ${other}: ${because.en}.`,
      zh: `${option} 与 ${other} 同时使用没有意义：${because.zh}。`,
    },
    { en: 'Leave one of them out.', zh: '请去掉其中一个。' },
  );
}
