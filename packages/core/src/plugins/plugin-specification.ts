import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { LocalizedText } from '../executor/localized-text.ts';

const SHORT_NAME = /^(?<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?<version>@[\w.^~-]+)?$/u;
const SCOPED_PACKAGE = /^@[a-z0-9~][\w.~-]*\/[a-z0-9~][\w.~-]*(?:@[\w.^~-]+)?$/u;
const OTHER_PACKAGE = /^npm:(?<package>[a-z0-9~][\w.~-]*(?:@[\w.^~-]+)?)$/u;
const TARBALL = /\.(?:tgz|tar\.gz)$/u;

/**
 * What a person means by the word after `cloche executors add`, as npm takes it: `daytona` is the
 * package `@cloche/executor-daytona`, `@scope/name` is itself, `npm:name` is a package without a scope, and a
 * path is a tarball. A version may follow a name: `daytona@1.2.0`.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` when it is none of these
 */
export async function npmSpecification(word: string, workingDirectory: string): Promise<string> {
  if (TARBALL.test(word)) return tarball(resolve(workingDirectory, word));
  if (word.startsWith('.') || isAbsolute(word)) {
    throw invalid(
      { en: `${word} is not a tarball.`, zh: `${word} 不是 tarball 文件。` },
      { en: 'Pack the directory first: npm pack', zh: '请先打包该目录：npm pack' },
    );
  }
  const { name, version = '' } = SHORT_NAME.exec(word)?.groups ?? {};
  if (name !== undefined) return `@cloche/executor-${name}${version}`;
  if (SCOPED_PACKAGE.test(word)) return word;
  const other = OTHER_PACKAGE.exec(word)?.groups?.['package'];
  if (other !== undefined) return other;
  const shown = JSON.stringify(word);
  throw invalid(
    { en: `${shown} names no package that could be an executor.`, zh: `${shown} 不是有效的执行器包名。` },
    {
      en: 'Give a name, a package or a tarball: cloche executors add daytona',
      zh: '请给出名称、包名或 tarball：cloche executors add daytona',
    },
  );
}

async function tarball(path: string): Promise<string> {
  const isFile = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (isFile) return path;
  throw invalid(
    { en: `There is no file ${path}.`, zh: `文件 ${path} 不存在。` },
    {
      en: 'Give the path of a tarball that `npm pack` made.',
      zh: '请给出由 `npm pack` 生成的 tarball 路径。',
    },
  );
}

function invalid(message: LocalizedText, hint: LocalizedText): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message, hint });
}
