import { userConfigFile } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { print, printJson } from '../../output/print-output.ts';
import { printableLine } from '../../output/printable-line.ts';
import { printable } from '../../output/printable.ts';
import { standardError } from '../../output/standard-streams.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { interruptible } from '../interruptible.ts';
import type { DaytonaSnapshot } from './daytona-snapshots.ts';
import { readSnapshotRequest } from './snapshot-request.ts';
import { withDaytonaSnapshots } from './with-daytona-snapshots.ts';

/** `cloche daytona snapshot create`: what the build prints goes to stderr, how to use the snapshot to stdout. */
export const snapshotCreateCommand: CommandFunction = (_words, options, context) => {
  const request = readSnapshotRequest(options);
  return interruptible(
    context,
    async (signal) => {
      const snapshot = await withDaytonaSnapshots(context, options, (snapshots) => {
        context.messages.note(begun(request.name));
        return snapshots.create({ ...request, signal, onLog: showLog });
      });
      if (snapshot.state !== 'active') throw notUsable(snapshot);
      if (options.isSet('json')) printJson(snapshot);
      else print(howToUse(snapshot, context));
      return 0;
    },
    goesOn(request.name),
  );
};

function showLog(text: string): void {
  const lines = text.split(/\r?\n/u).map((line) => printableLine(line).trimEnd());
  for (const line of lines) if (line !== '') standardError().write(`${line}\n`);
}

function begun(name: string): LocalizedText {
  return {
    en: `Building the snapshot ${name} at Daytona. This takes some minutes.`,
    zh: `正在 Daytona 构建快照 ${name}，需要几分钟。`,
  };
}

function goesOn(name: string): LocalizedText {
  const command = `cloche daytona snapshot delete ${name}`;
  return {
    en: `A build that has begun goes on at the service. To delete the snapshot: ${command}`,
    zh: `已开始的构建会在服务端继续。删除该快照：${command}`,
  };
}

function notUsable({ name, state, errorReason }: DaytonaSnapshot): ClocheError {
  const shown = printable(name);
  const reason = printable(errorReason ?? state);
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The snapshot ${shown} cannot be used: ${reason}`,
      zh: `快照 ${shown} 无法使用：${reason}`,
    },
    hint: {
      en: `Delete it and try again: cloche daytona snapshot delete ${shown}`,
      zh: `请删除后重试：cloche daytona snapshot delete ${shown}`,
    },
  });
}

function howToUse(snapshot: DaytonaSnapshot, context: CommandContext): string {
  const name = printable(snapshot.name);
  const size = snapshot.sizeGib === null ? '' : ` (${snapshot.sizeGib} GiB)`;
  const file = userConfigFile(context);
  const place = file === null ? 'config.toml' : printable(file);
  return {
    en: [
      `Built ${name}${size}, for every language. To use it here:`,
      `  export CLOCHE_DAYTONA_SNAPSHOT=${name}`,
      `To use it always, in ${place}:`,
      '  [daytona]',
      `  snapshot = "${name}"`,
    ],
    zh: [
      `已构建 ${name}${size}，适用于所有语言。在此使用：`,
      `  export CLOCHE_DAYTONA_SNAPSHOT=${name}`,
      `始终使用，请写入 ${place}：`,
      '  [daytona]',
      `  snapshot = "${name}"`,
    ],
  }[context.locale].join('\n');
}
