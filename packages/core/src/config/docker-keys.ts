import type { LanguageId } from '../executor/languages/language-id.ts';
import { LANGUAGE_IDS } from '../executor/languages/language-id.ts';
import { LANGUAGES } from '../executor/languages/language-table.ts';
import type { ConfigKey, ConfigKeyDefinition } from './config-key.ts';
import { row } from './config-key-row.ts';

const MEBIBYTE = 1024 * 1024;

/** The keys of the table `[docker]`. None has a default here: the executor has its own. */
export const DOCKER_KEYS: readonly ConfigKeyDefinition[] = [
  dockerRow(
    'image',
    'One image for every language. Default: the official image of each.',
    '所有语言共用的镜像。默认使用各语言的官方镜像。',
  ),
  dockerRow(
    'runtime',
    'The container runtime, such as runsc or kata. Default: the engine’s.',
    '容器运行时，例如 runsc 或 kata。默认由引擎决定。',
  ),
  dockerRow(
    'user',
    'UID:GID that programs run as; root is refused. Default: 65534:65534.',
    '运行程序的 UID:GID，不允许 root。默认 65534:65534。',
  ),
  dockerRow(
    'host',
    'Address of the engine, as DOCKER_HOST has it. Default: it is found.',
    '引擎地址，格式与 DOCKER_HOST 相同。默认自动查找。',
  ),
  dockerRow(
    'poolSize',
    'Containers that wait, started ahead, at the most; 0 keeps none. Default: 2.',
    '最多预先启动并等待的容器数，0 表示不保留。默认 2。',
    { parser: 'count', bounds: { minimum: 0, maximum: 64 } },
  ),
  dockerRow(
    'poolIdle',
    'How long a container waits for a run. Default: 10m.',
    '容器等待运行的最长时间。默认 10m。',
    { parser: 'duration', bounds: { minimum: 1000, maximum: 86_400_000 } },
  ),
  dockerRow(
    'poolMemory',
    'What all waiting containers may need together. Default: 2GiB.',
    '所有等待中的容器合计可用的内存。默认 2GiB。',
    { parser: 'size', bounds: { minimum: MEBIBYTE, maximum: MEBIBYTE * MEBIBYTE } },
  ),
  ...LANGUAGE_IDS.map((id) => dockerImageRow(id)),
];

function dockerRow(
  word: string,
  en: string,
  zh: string,
  { parser = 'text', bounds = null }: Partial<Pick<ConfigKeyDefinition, 'parser' | 'bounds'>> = {},
): ConfigKeyDefinition {
  const variable = word.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();
  return row({
    key: `docker.${word}` as ConfigKey,
    variables: [`CLOCHE_DOCKER_${variable}`],
    parser,
    bounds,
    defaultValue: null,
    description: { en, zh },
  });
}

function dockerImageRow(id: LanguageId): ConfigKeyDefinition {
  const { displayName, image } = LANGUAGES[id];
  return row({
    key: `docker.images.${id}`,
    parser: 'text',
    defaultValue: null,
    description: {
      en: `The image for ${displayName}, before docker.image. Default: ${image}.`,
      zh: `${displayName} 使用的镜像，优先于 docker.image。默认 ${image}。`,
    },
  });
}
