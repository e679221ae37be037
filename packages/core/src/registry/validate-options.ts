import type { ExecutorPlugin, StandardIssue } from '../executor/index.ts';
import { ClocheError } from '../executor/index.ts';

/**
 * The options of a plugin as its own schema makes them of the configuration's table `[NAME]`.
 *
 * @param originOf where a key was set (`CLOCHE_DOCKER_HOST`, `/home/ada/.config/cloche/config.toml:12`), null when unknown
 * @throws ClocheError `ERR_CONFIG_INVALID` naming the key and where it came from
 */
export async function validateOptions<Options>(
  plugin: Pick<ExecutorPlugin<Options>, 'name' | 'optionsSchema'>,
  values: Readonly<Record<string, unknown>>,
  originOf: (key: string) => string | null,
): Promise<Options> {
  const result = await plugin.optionsSchema['~standard'].validate(values);
  const issue = result.issues?.[0];
  if (issue !== undefined) throw invalidOption(plugin.name, issue, originOf);
  return (result as { readonly value: Options }).value;
}

function invalidOption(
  name: string,
  issue: StandardIssue,
  originOf: (key: string) => string | null,
): ClocheError {
  const key = [name, ...pathOf(issue)].join('.');
  const origin = originOf(key);
  const detail = issue.message.replace(/\.$/u, '');
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The option ${key}${origin === null ? '' : `, set in ${origin},`} is invalid: ${detail}.`,
      zh: `选项 ${key}${origin === null ? '' : `（设置于 ${origin}）`}无效：${detail}。`,
    },
    hint: {
      en: 'See where every value comes from: cloche config --sources',
      zh: '查看每个值的来源：cloche config --sources',
    },
  });
}

function pathOf(issue: StandardIssue): string[] {
  return (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
}
