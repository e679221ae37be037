import { addedExecutors } from '@cloche/mcp-server/command';
import { print } from '../../output/print-output.ts';
import type { CommandFunction } from '../../program/command-definition.ts';

export const executorsAddCommand: CommandFunction = async ([word = ''], _options, context) => {
  const { name, package: packageName, version } = await addedExecutors(context).addPlugin(word);
  print(
    {
      en: `Added ${name} (${packageName} ${version}). Use it: cloche run --executor ${name} FILE`,
      zh: `已添加 ${name}（${packageName} ${version}）。使用方法：cloche run --executor ${name} FILE`,
    }[context.locale],
  );
  return 0;
};
