import {
  ClocheError,
  LANGUAGE_IDS,
  LANGUAGES,
  languageFromFileName,
  languageFromName,
  languageFromShebang,
} from '@cloche/core/executor';
import type { LanguageId } from '@cloche/core/executor';
import { nearestName } from '@cloche/core';
import { printable } from '../../output/printable.ts';

/**
 * The language by `--language`, else by the file's extension, else by the `#!` line.
 *
 * @param fileName null for a program that came through stdin
 * @throws ClocheError `ERR_LANGUAGE_UNSUPPORTED`
 */
export function resolveLanguage(named: string | null, fileName: string | null, code: Uint8Array): LanguageId {
  if (named !== null) return languageOfName(named, '--language ');
  const byExtension = fileName === null ? null : languageFromFileName(fileName);
  if (byExtension !== null) return byExtension;
  const firstLine = new TextDecoder().decode(code.subarray(0, 256));
  return languageFromShebang(firstLine) ?? failUnknownFile(fileName);
}

/**
 * @param before what stands before the name on the command line: `--language `, or nothing
 * @throws ClocheError `ERR_LANGUAGE_UNSUPPORTED`
 */
export function languageOfName(name: string, before: string): LanguageId {
  const language = languageFromName(name);
  if (language !== null) return language;
  const names = LANGUAGE_IDS.flatMap((id) => [id, ...LANGUAGES[id].aliases]);
  const nearest = nearestName(name.toLowerCase(), names);
  const known = LANGUAGE_IDS.join(', ');
  throw new ClocheError({
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    message: { en: `There is no language ${printable(name)}.`, zh: `没有名为 ${printable(name)} 的语言。` },
    hint:
      nearest === null
        ? { en: `Known languages: ${known}.`, zh: `支持的语言：${known}。` }
        : {
            en: `Did you mean ${before}${nearest}? Known: ${known}.`,
            zh: `是否要用 ${before}${nearest}？支持的语言：${known}。`,
          },
  });
}

function failUnknownFile(fileName: string | null): never {
  const known = LANGUAGE_IDS.join(', ');
  throw new ClocheError({
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    message:
      fileName === null
        ? {
            en: 'The program from standard input has no #! line that names its language.',
            zh: '来自标准输入的程序没有标明语言的 #! 行。',
          }
        : {
            en: `Neither the name of ${printable(fileName)} nor a #! line says which language it is.`,
            zh: `${printable(fileName)} 的扩展名和 #! 行都没有说明它的语言。`,
          },
    hint: {
      en: `Name it: --language python (known: ${known}).`,
      zh: `请指定语言：--language python（支持：${known}）。`,
    },
  });
}
