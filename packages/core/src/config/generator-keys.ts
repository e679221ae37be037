import type { ConfigKey, ConfigKeyDefinition } from './config-key.ts';
import { row } from './config-key-row.ts';
import { DEFAULT_GENERATOR_CONFIG } from './default-generator-config.ts';
import { GENERATOR_PROVIDERS } from './generator-providers.ts';

const SECOND_MS = 1000;

/**
 * The keys of the table `[generator]`. The usual variables of each provider (`ANTHROPIC_API_KEY` and the like) count
 * where none of these gives a key; which they are is the generator's business.
 */
export const GENERATOR_KEYS: readonly ConfigKeyDefinition[] = [
  generatorRow(
    'provider',
    'Whose model writes programs. Default: the one whose key there is.',
    '由谁的模型编写程序。默认为已有密钥的那一家。',
    {
      flag: '--provider',
      parser: 'enum',
      values: GENERATOR_PROVIDERS,
    },
  ),
  generatorRow(
    'model',
    'The model that writes programs. Default: the provider’s.',
    '编写程序的模型。默认由提供方决定。',
    {
      flag: '--model',
    },
  ),
  generatorRow(
    'baseUrl',
    'Address of the model’s API; taken from where the key comes from.',
    '模型 API 的地址；与密钥取自同一来源。',
    { flag: '--base-url' },
  ),
  generatorRow('apiKey', 'Key of the model’s API.', '模型 API 的密钥。', { flag: '--api-key', secret: true }),
  generatorRow(
    'maxAttempts',
    'Programs that are written at most, repairs included.',
    '最多编写的程序数，含修复。',
    {
      flag: '--max-attempts',
      parser: 'count',
      bounds: { minimum: 1, maximum: 10 },
      defaultValue: DEFAULT_GENERATOR_CONFIG.maximumAttempts,
    },
  ),
  generatorRow(
    'maxOutputTokens',
    'Tokens that all answers of the model together may have.',
    '模型全部回答的令牌总数上限。',
    {
      parser: 'count',
      bounds: { minimum: 256, maximum: 1_000_000 },
      defaultValue: DEFAULT_GENERATOR_CONFIG.maximumOutputTokens,
    },
  ),
  generatorRow('timeout', 'Wall time of a generation, its runs included.', '一次生成的总时限，含运行。', {
    parser: 'duration',
    bounds: { minimum: SECOND_MS, maximum: 86_400 * SECOND_MS },
    defaultValue: DEFAULT_GENERATOR_CONFIG.timeoutMs,
  }),
];

function generatorRow(
  word: string,
  en: string,
  zh: string,
  given: Partial<
    Pick<ConfigKeyDefinition, 'flag' | 'parser' | 'values' | 'bounds' | 'secret' | 'defaultValue'>
  > = {},
): ConfigKeyDefinition {
  const variable = word.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();
  return row({
    key: `generator.${word}` as ConfigKey,
    variables: [`CLOCHE_GENERATOR_${variable}`],
    parser: 'text',
    defaultValue: null,
    description: { en, zh },
    ...given,
  });
}
