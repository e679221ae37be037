import { RequestRefused } from '../http/request-refused.ts';

/** Why a run does not begin. */
export function tooMany(): RequestRefused {
  return new RequestRefused({
    status: 429,
    message: { en: 'Too many runs are under way.', zh: '进行中的运行过多。' },
    hint: { en: 'Stop one of them first.', zh: '请先停止其中之一。' },
  });
}

export function noRoom(): RequestRefused {
  return new RequestRefused({
    status: 507,
    message: {
      en: 'The runs under way leave no room for what this one would have to keep.',
      zh: '进行中的运行已占满存储空间，无法再保存此次运行。',
    },
    hint: {
      en: 'Stop one of them first, or leave out the largest files.',
      zh: '请先停止其中之一，或去掉最大的文件。',
    },
  });
}

/** @param code of the system: `ENOSPC` */
export function notKept(code: string): RequestRefused {
  return new RequestRefused({
    status: 507,
    message: {
      en: `The request cannot be kept on disk (${code}), so it was not begun.`,
      zh: `无法将请求保存到磁盘（${code}），因此没有开始运行。`,
    },
    hint: {
      en: 'Make room on the disk that holds Cloche’s state directory, then try again.',
      zh: '请在存放 Cloche 状态目录的磁盘上腾出空间，然后重试。',
    },
  });
}
