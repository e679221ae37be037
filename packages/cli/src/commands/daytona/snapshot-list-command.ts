import type { LocalizedText } from '@cloche/core/executor';
import { formatTable } from '../../output/format-table.ts';
import { outputWidth, print, printJson } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { interruptible } from '../interruptible.ts';
import type { DaytonaSnapshot } from './daytona-snapshots.ts';
import { withDaytonaSnapshots } from './with-daytona-snapshots.ts';

const HEADINGS: readonly LocalizedText[] = [
  { en: 'SNAPSHOT', zh: '快照' },
  { en: 'SIZE', zh: '大小' },
  { en: 'CREATED', zh: '创建时间' },
  { en: 'STATE', zh: '状态' },
];

/** `cloche daytona snapshot list`: those of the organization. */
export const snapshotListCommand: CommandFunction = (_words, options, context) =>
  interruptible(context, async (signal) => {
    const snapshots = await withDaytonaSnapshots(context, options, (service) => service.list({ signal }));
    if (options.isSet('json')) {
      printJson(snapshots);
      return 0;
    }
    const headings = HEADINGS.map((heading) => heading[context.locale]);
    print(formatTable([headings, ...snapshots.map(row)], outputWidth()));
    if (snapshots.length === 0) {
      context.messages.hint({
        en: 'Make one with every toolchain: cloche daytona snapshot create',
        zh: '创建包含全部工具链的快照：cloche daytona snapshot create',
      });
    }
    return 0;
  });

function row({ name, sizeGib, createdAt, state, errorReason }: DaytonaSnapshot): string[] {
  return [
    printable(name),
    sizeGib === null ? '-' : `${sizeGib} GiB`,
    createdAt === null ? '-' : printable(createdAt),
    printable(errorReason === null ? state : `${state}: ${errorReason}`),
  ];
}
