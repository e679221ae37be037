import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { print } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import type { ParsedOptions } from '../../program/parsed-options.ts';
import { USAGE_EXIT_CODE } from '../../program/exit-codes.ts';
import type { ClientDefinition } from './clients/client-definition.ts';
import { CLIENT_SCOPES } from './clients/client-definition.ts';
import { clientStates } from './clients/client-states.ts';
import { clientTarget } from './clients/client-target.ts';
import { clientOfName, isClientFound } from './clients/find-client.ts';
import { formatClients } from './clients/format-clients.ts';
import { invalidRequest } from '../run/invalid-request.ts';
import { entryName } from './entries/entry-name.ts';
import { planChange } from './entries/plan-change.ts';
import type { ServerEntry } from './entries/server-entry.ts';
import { localEntry, publishedEntry } from './entries/server-entry.ts';
import type { PlannedChange } from './entries/planned-change.ts';
import { readBackups } from './files/read-backups.ts';
import type { ClientFile } from './files/read-client-file.ts';
import { readClientFile } from './files/read-client-file.ts';
import { removeClientFile, writeClientFile } from './files/write-client-file.ts';
import { formatDiff } from './format-diff.ts';

/** `cloche mcp install`: writes one entry into a client's file, or takes it out. */
export const mcpInstallCommand: CommandFunction = async (_words, options, context) => {
  const given = options.text('client');
  if (given === null) return listClients(options, context);
  const client = clientOfName(given);
  const name = entryName(options.text('name'));
  const scope = CLIENT_SCOPES.find((known) => known === options.text('scope')) ?? 'user';
  const { path, place } = await clientTarget(client, scope, context);
  const isForced = options.isSet('force');
  const isInstall = !options.isSet('uninstall');

  const file = await readClientFile(path);
  const isThere = scope === 'project' || file.mode !== null || (await isClientFound(client, context));
  if (isInstall && !isThere && !isForced) throw notFound(client, path);

  const entry = isInstall ? wantedEntry(options, context) : null;
  const backups = isInstall ? [] : await readBackups(file);
  const change = await planChange(file, { place, name, entry, isForced, backups });
  if (change.kind === 'none') {
    print(unchanged(client, path, isInstall)[context.locale]);
    return 0;
  }
  if (options.isSet('dry-run')) {
    print(formatDiff(path, file.text, change.kind === 'write' ? change.text : null));
    return 0;
  }
  const backup = await carryOut(change, file);
  print(changed(client, path, isInstall)[context.locale]);
  if (backup !== null) {
    context.messages.note({
      en: `The file as it was: ${printable(backup)}`,
      zh: `原文件备份：${printable(backup)}`,
    });
  }
  if (isInstall) context.messages.hint(howToSeeIt(client));
  return 0;
};

async function listClients(options: ParsedOptions, context: CommandContext): Promise<number> {
  print(formatClients(await clientStates(context, options.text('name')), context.locale));
  context.messages.note(
    { en: 'No client is named.', zh: '没有指定客户端。' },
    {
      en: 'Name one of these: cloche mcp install --client NAME',
      zh: '请指定其中一个：cloche mcp install --client NAME',
    },
  );
  return USAGE_EXIT_CODE;
}

function wantedEntry(options: ParsedOptions, { platform }: CommandContext): ServerEntry {
  if (!options.isSet('local')) return publishedEntry(platform);
  const [, script] = process.argv;
  if (script !== undefined) return localEntry(script);
  throw invalidRequest(
    { en: '--local: the place of this command is not known.', zh: '--local：无法确定此命令的位置。' },
    { en: 'Leave --local out.', zh: '请去掉 --local。' },
  );
}

/** @returns where the old file is kept; null where there was none */
async function carryOut(change: PlannedChange, file: ClientFile): Promise<string | null> {
  try {
    if (change.kind === 'write') return await writeClientFile(file, change.text);
    return change.kind === 'remove' ? await removeClientFile(file) : null;
  } catch (error) {
    if (ClocheError.isInstance(error)) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ClocheError({
      code: 'ERR_CONFIG_INVALID',
      message: {
        en: `${file.path} cannot be written (${code}). It was left as it is.`,
        zh: `无法写入 ${file.path}（${code}）。文件未被修改。`,
      },
      hint: {
        en: 'See what would be written: add --dry-run',
        zh: '查看将写入的内容：加上 --dry-run',
      },
      cause: error,
    });
  }
}

function changed({ displayName }: ClientDefinition, path: string, isInstall: boolean): LocalizedText {
  const place = printable(path);
  return isInstall
    ? { en: `${displayName} knows of Cloche now: ${place}`, zh: `已为 ${displayName} 配置 Cloche：${place}` }
    : {
        en: `${displayName} has forgotten Cloche: ${place}`,
        zh: `已从 ${displayName} 中移除 Cloche：${place}`,
      };
}

function unchanged({ displayName }: ClientDefinition, path: string, isInstall: boolean): LocalizedText {
  const place = printable(path);
  return isInstall
    ? {
        en: `Nothing to change: ${displayName} knows of Cloche already (${place}).`,
        zh: `无需更改：${displayName} 已配置 Cloche（${place}）。`,
      }
    : {
        en: `Nothing to change: ${displayName} has no such entry (${place}).`,
        zh: `无需更改：${displayName} 中没有此条目（${place}）。`,
      };
}

function howToSeeIt({ displayName }: ClientDefinition): LocalizedText {
  return {
    en: `Start ${displayName} again, so that it reads the file.`,
    zh: `请重新启动 ${displayName} 以读取该文件。`,
  };
}

function notFound({ displayName }: ClientDefinition, path: string): Error {
  return invalidRequest(
    {
      en: `${displayName} was not found here: there is no ${printable(path)}, nor anything else of it.`,
      zh: `未在本机找到 ${displayName}：没有 ${printable(path)}，也没有它的其他文件。`,
    },
    {
      en: 'To write the file all the same, add --force. See all clients: cloche mcp clients',
      zh: '如仍要写入，请加上 --force。查看所有客户端：cloche mcp clients',
    },
  );
}
