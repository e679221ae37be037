import { addedExecutors } from '@cloche/mcp-server/command';
import { print } from '../../output/print-output.ts';
import type { CommandFunction } from '../../program/command-definition.ts';

export const executorsRemoveCommand: CommandFunction = async ([name = ''], _options, context) => {
  await addedExecutors(context).removePlugin(name);
  print({ en: `Removed ${name}.`, zh: `已删除 ${name}。` }[context.locale]);
  return 0;
};
