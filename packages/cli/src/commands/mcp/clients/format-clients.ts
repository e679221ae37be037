import type { Locale, LocalizedText } from '@cloche/core/executor';
import { formatTable } from '../../../output/format-table.ts';
import { outputWidth } from '../../../output/print-output.ts';
import { printable } from '../../../output/printable.ts';
import type { ClientState } from './client-states.ts';

const HEADINGS: readonly LocalizedText[] = [
  { en: 'NAME', zh: '名称' },
  { en: 'FOUND', zh: '已安装' },
  { en: 'CLOCHE', zh: 'CLOCHE' },
  { en: 'FILE', zh: '文件' },
];
const YES: LocalizedText = { en: 'yes', zh: '是' };
const NO: LocalizedText = { en: 'no', zh: '否' };
const ENTRIES: Readonly<Record<NonNullable<ClientState['entry']>, LocalizedText>> = {
  cloche: { en: 'set up', zh: '已配置' },
  other: { en: 'another entry', zh: '其他条目' },
  none: { en: '-', zh: '-' },
};
const UNREADABLE: LocalizedText = { en: 'unreadable', zh: '无法读取' };

export function formatClients(states: readonly ClientState[], locale: Locale): string {
  const rows = states.map(({ name, isFound, entry, file, problem }) => [
    name,
    (isFound ? YES : NO)[locale],
    (entry === null ? UNREADABLE : ENTRIES[entry])[locale],
    problem === null ? printable(file) : printable(problem[locale]),
  ]);
  return formatTable([HEADINGS.map((heading) => heading[locale]), ...rows], outputWidth());
}
