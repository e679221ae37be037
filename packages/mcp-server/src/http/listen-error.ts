import { ClocheError } from '@cloche/core/executor';

/** Why the address cannot be listened on. */
export function listenError(cause: unknown, host: string, port: number): ClocheError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const isTaken = code === 'EADDRINUSE';
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The server cannot listen on ${host}, port ${port} (${code}).`,
      zh: `服务器无法在 ${host} 的端口 ${port} 上监听（${code}）。`,
    },
    hint: isTaken
      ? {
          en: 'Another program listens there. Choose another port; 0 lets the system choose.',
          zh: '该端口已被其他程序占用。请换一个端口；0 表示由系统选择。',
        }
      : {
          en: 'Choose an address of this machine, such as 127.0.0.1, and a port that this user may open.',
          zh: '请选择本机的地址（例如 127.0.0.1）和当前用户可以使用的端口。',
        },
    retryable: isTaken,
    cause,
  });
}
