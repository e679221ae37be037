import { print } from '../../output/print-output.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { interruptible } from '../interruptible.ts';
import { checkName } from './snapshot-request.ts';
import { withDaytonaSnapshots } from './with-daytona-snapshots.ts';

/** `cloche daytona snapshot delete`. */
export const snapshotDeleteCommand: CommandFunction = (words, options, context) => {
  const name = checkName(words[0] ?? '', 'NAME');
  return interruptible(context, async (signal) => {
    await withDaytonaSnapshots(context, options, (snapshots) => snapshots.delete(name, { signal }));
    print({ en: `Deleted ${name}.`, zh: `已删除 ${name}。` }[context.locale]);
    return 0;
  });
};
