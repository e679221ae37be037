import { ClocheError } from '@cloche/core/executor';

export function networkRefused(): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: 'Programs have no network here: the configuration of this server does not allow it.',
      zh: '此处的程序没有网络：服务器配置不允许联网。',
    },
    hint: {
      en: 'Run without it. Only the person who runs this server can allow it, with CLOCHE_NETWORK=full.',
      zh: '请在无网络的情况下运行。只有服务器的使用者可以通过 CLOCHE_NETWORK=full 允许联网。',
    },
  });
}
