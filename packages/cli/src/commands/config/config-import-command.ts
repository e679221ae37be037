import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseStreamlitSecrets, userConfigFile } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { readConfig } from '../../composition/open-runner.ts';
import { print } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { readInputFile } from '../run/read-input-file.ts';

const MAXIMUM_BYTES = 1024 * 1024;

/** `cloche config import`: only a person's own command takes over what a working directory holds. */
export const configImportCommand: CommandFunction = async ([word], _options, context) => {
  const source = resolve(context.workingDirectory, word ?? join('.streamlit', 'secrets.toml'));
  const target = userConfigFile(context);
  if (target === null)
    throw invalid({
      en: 'There is no home directory to keep a configuration in.',
      zh: '没有可存放配置的主目录。',
    });
  const { content } = await readInputFile(source, MAXIMUM_BYTES);
  const { values } = await parseStreamlitSecrets(source, new TextDecoder().decode(content));
  if (values.size === 0) {
    throw invalid({
      en: `${printable(source)} has no DAYTONA_… value.`,
      zh: `${printable(source)} 中没有 DAYTONA_… 值。`,
    });
  }
  const { entries } = await readConfig(context, {});
  if (entries.some(({ key, source: from }) => key.startsWith('daytona.') && from.kind === 'user')) {
    throw invalid(
      {
        en: `${printable(target)} has a [daytona] table already.`,
        zh: `${printable(target)} 中已有 [daytona] 表。`,
      },
      { en: 'Change it there by hand, or remove it and import again.', zh: '请手动修改，或删除后重新导入。' },
    );
  }
  // A TOML basic string is written like a JSON string.
  const lines = [...values].map(
    ([key, { value }]) => `${key.slice('daytona.'.length)} = ${JSON.stringify(value)}`,
  );
  await appendTable(target, `[daytona]\n${lines.join('\n')}\n`);
  const keys = [...values.keys()].join(', ');
  print(
    {
      en: `Taken over into ${printable(target)}: ${keys}`,
      zh: `已导入 ${printable(target)}：${keys}`,
    }[context.locale],
  );
  return 0;
};

/** The file holds a key afterwards, so nobody else may read it. */
async function appendTable(path: string, table: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const before = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const separator = before === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  if (before !== '') await chmod(path, 0o600);
  await writeFile(path, before + separator + table, { mode: 0o600 });
}

function invalid(message: LocalizedText, hint: LocalizedText | null = null): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message, hint });
}
