import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';

/** @param origin who named the engine: `DOCKER_HOST`, a file */
export function invalidAddress(origin: string, problem: LocalizedText, cause?: unknown): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `${origin} does not name a container engine: ${problem.en}.`,
      zh: `${origin} 没有指明可用的容器引擎：${problem.zh}。`,
    },
    hint: {
      en: 'Write it as unix:///var/run/docker.sock, tcp://HOST:2376, https://HOST, ssh://USER@HOST or npipe:////./pipe/NAME, or unset it so that the usual sockets are tried.',
      zh: '请写成 unix:///var/run/docker.sock、tcp://HOST:2376、https://HOST、ssh://USER@HOST 或 npipe:////./pipe/NAME，或者取消设置以尝试常用套接字。',
    },
    cause,
  });
}
