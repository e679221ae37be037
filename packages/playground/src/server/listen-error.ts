import { ClocheError } from '@cloche/core/executor';

/** Why the port cannot be listened on. */
export function listenError(cause: unknown, port: number): ClocheError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const isTaken = code === 'EADDRINUSE';
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: isTaken
      ? { en: `Port ${port} is taken by another program.`, zh: `端口 ${port} 已被其他程序占用。` }
      : {
          en: `The playground cannot listen on port ${port} (${code}).`,
          zh: `Playground 无法监听端口 ${port}（${code}）。`,
        },
    hint: {
      en: 'Choose another port, or leave it out and any free one is taken: cloche ui',
      zh: '请换一个端口，或不指定端口以使用任意空闲端口：cloche ui',
    },
    retryable: isTaken,
    cause,
  });
}
