import type { LocalizedText } from '../localized-text.ts';

/** Where nothing better is known to advise. */
export const SEE_MORE_HINT: LocalizedText = {
  en: 'Repeat the command with --debug to see more.',
  zh: '请加上 --debug 重试以查看详情。',
  withoutFlags: {
    en: 'The log of the server says more with CLOCHE_LOG=debug.',
    zh: '设置 CLOCHE_LOG=debug 后，服务器日志会给出详情。',
  },
};
