import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { readFailure } from '../engine/engine-failure.ts';

/** The engine did what it was asked to, and a step of the build did not succeed. */
export function buildFailed(tag: string, base: string, error: ClocheError): ClocheError {
  const why = reasonOf(error);
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The image ${tag} could not be built on ${base}: ${why.en}`,
      zh: `无法在 ${base} 上构建镜像 ${tag}：${why.zh}`,
    },
    hint: {
      en: 'What the build printed says why. Without a network, give a base that has every toolchain: cloche images build --base IMAGE',
      zh: '构建输出说明了原因。没有网络时，请使用已有全部工具链的基础镜像：cloche images build --base IMAGE',
    },
    cause: error,
  });
}

/** The engine repeats the whole step, which is a page long. */
function reasonOf(error: ClocheError): LocalizedText {
  const { text } = readFailure(error.cause ?? error);
  const exitCode = /returned a non-zero code: (?<code>\d+)|exit (?:code|status):? (?<status>\d+)/iu.exec(
    text,
  );
  const code = exitCode?.groups?.['code'] ?? exitCode?.groups?.['status'];
  if (code === undefined) return { en: text, zh: text };
  return { en: `a step ended with the exit code ${code}.`, zh: `某一步以退出码 ${code} 结束。` };
}
