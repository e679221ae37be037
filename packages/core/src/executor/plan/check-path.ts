import { ClocheError } from '../errors/cloche-error.ts';

const MAXIMUM_PATH_BYTES = 1024;
const MAXIMUM_NAME_BYTES = 255;

/** Why a path may not be used inside a work directory, in English; null when it may. */
export function pathProblem(path: string): { readonly en: string; readonly zh: string } | null {
  if (path === '') return { en: 'it is empty', zh: '路径为空' };
  if (path.includes('\0')) return { en: 'it contains a NUL byte', zh: '路径包含 NUL 字节' };
  if (!path.isWellFormed()) return { en: 'it is not valid Unicode', zh: '路径不是有效的 Unicode' };
  // On Windows `\` separates names too, and `C:name` is a place on another drive.
  if (/^[\\/]|^[A-Za-z]:/u.test(path)) {
    return { en: 'it is absolute', zh: '路径是绝对路径' };
  }
  if (Buffer.byteLength(path) > MAXIMUM_PATH_BYTES) {
    return { en: `it is longer than ${MAXIMUM_PATH_BYTES} bytes`, zh: `路径长于 ${MAXIMUM_PATH_BYTES} 字节` };
  }
  if (path.split(/[\\/]/u).includes('..'))
    return { en: 'it leaves the work directory', zh: '路径离开了工作目录' };
  for (const name of path.split('/')) {
    if (name === '' || name === '.') return { en: 'it is not in its simplest form', zh: '路径不是最简形式' };
    if (Buffer.byteLength(name) > MAXIMUM_NAME_BYTES) {
      return {
        en: `one of its names is longer than ${MAXIMUM_NAME_BYTES} bytes`,
        zh: `名称长于 ${MAXIMUM_NAME_BYTES} 字节`,
      };
    }
  }
  return null;
}

/** @throws ClocheError `ERR_REQUEST_INVALID` where `path` could mean a place outside the work directory. */
export function checkPath(path: string): void {
  const problem = pathProblem(path);
  if (problem === null) return;
  const shown = JSON.stringify(path);
  throw new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `The file path ${shown} cannot be used: ${problem.en}.`,
      zh: `不能使用文件路径 ${shown}：${problem.zh}。`,
    },
    hint: {
      en: 'Give a path relative to the work directory, such as data/input.csv.',
      zh: '请给出相对于工作目录的路径，例如 data/input.csv。',
    },
  });
}
