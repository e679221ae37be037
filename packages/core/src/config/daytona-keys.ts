import type { ConfigKey, ConfigKeyDefinition } from './config-key.ts';
import { row } from './config-key-row.ts';

const GIBIBYTE = 1024 ** 3;
const MINUTE_MS = 60_000;
const RESOURCE_BOUNDS = { minimum: GIBIBYTE, maximum: 1024 * GIBIBYTE };

/**
 * The keys of the table `[daytona]`. None has a default here: the executor has its own. The variables are those of
 * Daytona's own SDK wherever it has one.
 */
export const DAYTONA_KEYS: readonly ConfigKeyDefinition[] = [
  daytonaRow('apiKey', 'Key of the Daytona service.', 'Daytona 服务的密钥。', {
    variables: ['DAYTONA_API_KEY'],
    flag: '--daytona-api-key',
    secret: true,
  }),
  daytonaRow(
    'apiUrl',
    'Address of the Daytona service; taken from where the key comes from.',
    'Daytona 服务的地址；与密钥取自同一来源。',
    { variables: ['DAYTONA_API_URL', 'DAYTONA_API_BASE'], flag: '--daytona-api-url' },
  ),
  daytonaRow('target', 'Region of the Daytona service.', 'Daytona 服务的区域。', {
    variables: ['DAYTONA_TARGET'],
    flag: '--daytona-target',
  }),
  daytonaRow('organizationId', 'Organization at the Daytona service.', 'Daytona 服务的组织编号。', {
    variables: ['DAYTONA_ORGANIZATION_ID'],
  }),
  daytonaRow(
    'snapshot',
    'The snapshot that Daytona sandboxes are made from. Default: the service’s.',
    'Daytona 沙箱所用的快照。默认由服务决定。',
    { flag: '--daytona-snapshot' },
  ),
  daytonaRow(
    'image',
    'A container image that sandboxes are made from instead of a snapshot.',
    '代替快照，用于创建沙箱的容器镜像。',
  ),
  daytonaRow('cpu', 'Processors of a sandbox that is made from an image.', '基于镜像创建的沙箱的处理器数。', {
    parser: 'count',
    bounds: { minimum: 1, maximum: 64 },
  }),
  daytonaRow(
    'memory',
    'Memory of a sandbox that is made from an image; whole GiB.',
    '基于镜像创建的沙箱的内存，须为整数 GiB。',
    { parser: 'size', bounds: RESOURCE_BOUNDS },
  ),
  daytonaRow(
    'disk',
    'Disk of a sandbox that is made from an image; whole GiB.',
    '基于镜像创建的沙箱的磁盘，须为整数 GiB。',
    { parser: 'size', bounds: RESOURCE_BOUNDS },
  ),
  daytonaRow(
    'networkAllowList',
    'What network full reaches, as 10.0.0.0/8 with commas between several. Default: all that the organization may.',
    '网络策略 full 可访问的地址段，例如 10.0.0.0/8，多个用逗号分隔。默认为组织允许的全部地址。',
  ),
  daytonaRow(
    'networkBlockAll',
    'Whether no sandbox gets a network, whatever a run asks for. Default: false.',
    '是否禁止所有沙箱联网，无论运行如何要求。默认 false。',
    { parser: 'boolean' },
  ),
  daytonaRow(
    'labels',
    'Labels of every sandbox, beside Cloche’s own: key=value with commas between several.',
    '除 Cloche 自身标签外，每个沙箱的标签：key=value，多个用逗号分隔。',
    { parser: 'pairs' },
  ),
  daytonaRow(
    'autoStop',
    'After how long without a request the service stops, and so deletes, a sandbox. Default: the run’s time and five minutes.',
    '沙箱多久没有请求后由服务停止并删除。默认为运行时限加五分钟。',
    { parser: 'duration', bounds: { minimum: MINUTE_MS, maximum: 1440 * MINUTE_MS } },
  ),
  daytonaRow(
    'keepSandbox',
    'Whether a series of runs shares one sandbox. Default: false, a fresh one a run.',
    '一系列运行是否共用一个沙箱。默认 false，每次运行使用新沙箱。',
    { parser: 'boolean' },
  ),
];

function daytonaRow(
  word: string,
  en: string,
  zh: string,
  given: Partial<Pick<ConfigKeyDefinition, 'variables' | 'flag' | 'parser' | 'bounds' | 'secret'>> = {},
): ConfigKeyDefinition {
  const variable = word.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();
  return row({
    key: `daytona.${word}` as ConfigKey,
    variables: [`CLOCHE_DAYTONA_${variable}`],
    parser: 'text',
    defaultValue: null,
    description: { en, zh },
    ...given,
  });
}
