import type { ExecutionResult } from '@cloche/core/executor';
import type { MessageWriter } from '../../output/message-writer.ts';
import { listNames } from '../run/report-ending.ts';

/** Names the files that the program wrote: they are gone with its run. */
export function reportUnkeptFiles({ artifacts }: ExecutionResult, messages: MessageWriter): void {
  if (artifacts.length === 0) return;
  const names = listNames(artifacts.map(({ path }) => path));
  messages.note(
    { en: `The program wrote ${names.en}, which are not kept`, zh: `程序写入了 ${names.zh}，未保留` },
    {
      en: 'Keep the program with --output FILE, then: cloche run FILE --out DIR',
      zh: '用 --output FILE 保存程序，然后运行：cloche run FILE --out DIR',
    },
  );
}
