import type { ExecutorPlugin } from '../executor/index.ts';
import { ClocheError } from '../executor/index.ts';

const PLUGIN_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
const SUPPORTED_VERSION = 1;

/** `auto` chooses among executors and is none. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(['auto']);

/**
 * The plugin in what a loader gave, which may come from anywhere and be anything.
 *
 * @param name the name under which it was asked for
 * @throws ClocheError `ERR_EXECUTOR_FAILED` with what is wrong about it
 */
export function checkPlugin(name: string, loaded: unknown): ExecutorPlugin {
  const plugin = isObject(loaded) && 'default' in loaded ? loaded['default'] : loaded;
  if (!isObject(plugin))
    throw notAPlugin(name, { en: 'its default export is not an object', zh: '其默认导出不是对象' });

  // Before anything else: a later version may differ in everything but this field.
  const version = plugin['specificationVersion'];
  if (version !== SUPPORTED_VERSION) throw unknownVersion(name, version);

  const problem = shapeProblem(plugin);
  if (problem !== null) throw notAPlugin(name, problem);
  return plugin as unknown as ExecutorPlugin;
}

function shapeProblem(plugin: Record<string, unknown>): { readonly en: string; readonly zh: string } | null {
  const { name, optionsSchema, create } = plugin;
  if (typeof name !== 'string' || !PLUGIN_NAME.test(name)) {
    return {
      en: 'its name is not made of lower-case letters, digits and dashes',
      zh: '其名称不是由小写字母、数字和连字符组成',
    };
  }
  if (RESERVED_NAMES.has(name)) return { en: `the name ${name} is taken`, zh: `名称 ${name} 已被保留` };
  const standard = isObject(optionsSchema) ? optionsSchema['~standard'] : undefined;
  if (!isObject(standard) || typeof standard['validate'] !== 'function') {
    return { en: 'its optionsSchema is no Standard Schema', zh: '其 optionsSchema 不是 Standard Schema' };
  }
  if (typeof create !== 'function') return { en: 'it has no create()', zh: '缺少 create()' };
  return null;
}

// A schema may be a function (arktype's are), so functions count.
function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function notAPlugin(name: string, problem: { readonly en: string; readonly zh: string }): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The plugin of the executor ${name} cannot be used: ${problem.en}.`,
      zh: `无法使用执行器 ${name} 的插件：${problem.zh}。`,
    },
    hint: {
      en: `Ask the author of the plugin, or remove it: cloche executors remove ${name}`,
      zh: `请联系插件作者，或将其移除：cloche executors remove ${name}`,
    },
  });
}

function unknownVersion(name: string, version: unknown): ClocheError {
  const shown = typeof version === 'number' ? `version ${version}` : 'no version';
  const shownChinese = typeof version === 'number' ? `版本 ${version}` : '未标明版本';
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The plugin of the executor ${name} is written for ${shown} of the contract; this Cloche knows version ${SUPPORTED_VERSION}.`,
      zh: `执行器 ${name} 的插件所依据的契约${shownChinese}；当前 Cloche 支持版本 ${SUPPORTED_VERSION}。`,
    },
    hint: {
      en: `Update Cloche and the plugin: npm install --global cloche, then cloche executors add ${name}`,
      zh: `请更新 Cloche 和插件：npm install --global cloche，然后 cloche executors add ${name}`,
    },
  });
}
