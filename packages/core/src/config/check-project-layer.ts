import type { ConfigLayer, SourcedValue } from './config-layer.ts';
import type { ConfigKey, ConfigKeyDefinition, ConfigValue } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import { invalidConfig } from './invalid-config.ts';
import { showConfigValue } from './show-config-value.ts';

/**
 * Holds a project's file, which came with a repository and is not trusted, to its allow list.
 *
 * @param below the layers under it, highest first, the defaults last
 * @param userFile where the user's own file is or would be
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and key
 */
export function checkProjectLayer(layer: ConfigLayer, below: readonly ConfigLayer[], userFile: string): void {
  const [option] = layer.options;
  if (option !== undefined) throw notAllowed(option[0], option[1].source.name, userFile);
  for (const definition of CONFIG_KEYS) {
    const given = layer.values.get(definition.key);
    if (given === undefined) continue;
    if (definition.projectFile === 'never') throw notAllowed(definition.key, given.source.name, userFile);
    if (definition.projectFile !== 'any') checkDirection(definition, given, below, userFile);
  }
}

function checkDirection(
  definition: ConfigKeyDefinition,
  given: SourcedValue<ConfigValue>,
  below: readonly ConfigLayer[],
  userFile: string,
): void {
  const underneath = valueBelow(definition.key, below);
  const [wanted, present] = [rank(definition, given.value), rank(definition, underneath)];
  const isAllowed = definition.projectFile === 'lower' ? wanted <= present : wanted >= present;
  if (isAllowed) return;
  const direction =
    definition.projectFile === 'lower' ? { en: 'lower', zh: '降低' } : { en: 'raise', zh: '提高' };
  throw invalidConfig(
    { source: given.source.name, key: definition.key },
    {
      en: `A project's file may only ${direction.en} this value: ${showConfigValue(given.value)} against ${showConfigValue(underneath)}.`,
      zh: `项目文件只能${direction.zh}该值：给出 ${showConfigValue(given.value)}，现为 ${showConfigValue(underneath)}。`,
    },
    belongsInUserFile(userFile),
  );
}

function valueBelow(key: ConfigKey, below: readonly ConfigLayer[]): ConfigValue {
  for (const layer of below) {
    const found = layer.values.get(key);
    if (found !== undefined) return found.value;
  }
  return null;
}

function rank(definition: ConfigKeyDefinition, value: ConfigValue): number {
  return typeof value === 'number' ? value : (definition.values ?? []).indexOf(showConfigValue(value));
}

function notAllowed(key: string, source: string, userFile: string): Error {
  return invalidConfig(
    { source, key },
    {
      en: "A project's file may not set this key, since the project is not trusted.",
      zh: '项目文件不能设置该键，因为项目不受信任。',
    },
    belongsInUserFile(userFile),
  );
}

function belongsInUserFile(userFile: string): { readonly en: string; readonly zh: string } {
  return {
    en: `It belongs in your own file: ${userFile}`,
    zh: `请把它写入您自己的文件：${userFile}`,
  };
}
