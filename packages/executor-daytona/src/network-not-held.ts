import type { LocalizedText } from '@cloche/core/executor';

/** For capabilities, and for the result of every run. */
export const NETWORK_NOT_HELD: LocalizedText = {
  en: 'This Daytona service does not hold networkBlockAll: a sandbox that was to have no network reached the service. Programs are therefore not promised to be without a network.',
  zh: '该 Daytona 服务未能执行 networkBlockAll：本应断网的沙箱连接到了服务。因此无法保证程序没有网络。',
};
