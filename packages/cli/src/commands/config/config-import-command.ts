import { importStreamlitSecrets } from '@cloche/core';
import { print } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';

/** `cloche config import`: a working directory's secrets are taken over by a person's own command alone. */
export const configImportCommand: CommandFunction = async (_words, _options, context) => {
  const { path, keys, warnings } = await importStreamlitSecrets(context);
  const list = keys.join(', ');
  print(
    {
      en: `Taken over into ${printable(path)}: ${list}`,
      zh: `已导入 ${printable(path)}：${list}`,
    }[context.locale],
  );
  for (const warning of warnings) context.messages.warning(warning);
  return 0;
};
