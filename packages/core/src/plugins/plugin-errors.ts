import { nearestName } from '../config/nearest-name.ts';
import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { PluginRecord } from './plugin-record.ts';

export function nothingInstalled(word: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: { en: `npm installed nothing for ${word}.`, zh: `npm 没有为 ${word} 安装任何内容。` },
    hint: {
      en: 'Try it by hand to see more: npm view PACKAGE',
      zh: '请手动尝试以查看详情：npm view PACKAGE',
    },
  });
}

export function notLoaded(name: string, cause: unknown): ClocheError {
  const detail = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The plugin ${name} cannot be loaded: ${detail.replace(/\.$/u, '')}.`,
      zh: `无法加载插件 ${name}：${detail.replace(/\.$/u, '')}。`,
    },
    hint: {
      en: 'An executor is the default export of its package. Ask its author, or add another version: cloche executors add NAME@VERSION',
      zh: '执行器应为其包的默认导出。请联系作者，或添加其他版本：cloche executors add NAME@VERSION',
    },
    cause,
  });
}

export function builtIn(packageName: string, name: string): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `${packageName} calls itself ${name}, which is built in.`,
      zh: `${packageName} 使用了内置执行器的名称 ${name}。`,
    },
    hint: {
      en: `Nothing needs to be added: cloche run --executor ${name} FILE`,
      zh: `无需添加：cloche run --executor ${name} FILE`,
    },
  });
}

export function changedSince(record: PluginRecord, found: string | null): ClocheError {
  const [en, zh] = found === null ? ['nothing', '未找到'] : [`version ${found}`, `版本 ${found}`];
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `${record.package} was added at version ${record.version}, and ${en} is there now.`,
      zh: `添加 ${record.package} 时的版本为 ${record.version}，现在为：${zh}。`,
    },
    hint: {
      en: `Add it again: cloche executors add ${again(record)}`,
      zh: `请重新添加：cloche executors add ${again(record)}`,
    },
  });
}

export function notAdded(name: string, added: readonly PluginRecord[]): ClocheError {
  const names = added.map((record) => record.name);
  const nearest = nearestName(name, names);
  const [en, zh] =
    nearest === null
      ? ['See what is there: cloche executors list', '查看现有执行器：cloche executors list']
      : [
          `Did you mean this? cloche executors remove ${nearest}`,
          `是否想执行：cloche executors remove ${nearest}`,
        ];
  return new ClocheError({
    code: 'ERR_EXECUTOR_NOT_FOUND',
    message: { en: `No executor ${name} was added.`, zh: `没有添加过执行器 ${name}。` },
    hint: { en, zh },
  });
}

function again(record: PluginRecord): string {
  return record.package.startsWith('@') ? record.package : `npm:${record.package}`;
}
