import { invalidConfig } from './invalid-config.ts';

export function unwritableConfig(path: string, cause: unknown): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return invalidConfig(
    { source: path, key: null },
    { en: `The file cannot be written (${code}).`, zh: `无法写入该文件（${code}）。` },
    { en: `Look at it: ls -l '${path}'`, zh: `请查看该文件：ls -l '${path}'` },
    cause,
  );
}
