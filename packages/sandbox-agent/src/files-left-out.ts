import type { LocalizedText } from '@cloche/core/executor';

/** The warning of a result whose files are not complete: `isComplete` of what a receiver read is false. */
export const filesLeftOut: LocalizedText = {
  en: 'Not every file that the program wrote was looked at: there were too many or too large ones, or they did not come back in time. Some are missing and are not named as omitted.',
  zh: '并非程序写入的所有文件都被检查：文件过多、过大，或未能及时传回。部分文件缺失，且未列入被省略的文件。',
};
