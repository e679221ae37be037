import { ClocheError } from '@cloche/core/executor';

/** An image lacks what the agent is made of, so no program can be run in it. */
export function cannotRunAgent(cause: unknown): ClocheError {
  return new ClocheError({
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    message: {
      en: 'The image cannot be used: it has no shell for the agent that runs programs in it.',
      zh: '无法使用该镜像：其中没有可供代理程序使用的 shell。',
    },
    hint: {
      en: 'Use an image with /bin/sh and bash or busybox, and with dd, tar, find, mkdir, mkfifo, mv and rm. The official images of languages have them; those called distroless or scratch do not.',
      zh: '请使用带有 /bin/sh 以及 bash 或 busybox，并包含 dd、tar、find、mkdir、mkfifo、mv、rm 的镜像。官方语言镜像都符合要求，distroless 或 scratch 类镜像则不符合。',
    },
    cause,
  });
}
