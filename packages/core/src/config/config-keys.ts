import { availableParallelism } from 'node:os';
import { ISOLATION_LEVELS } from '../executor/isolation.ts';
import type { LanguageId } from '../executor/languages/language-id.ts';
import { LANGUAGE_IDS } from '../executor/languages/language-id.ts';
import { LANGUAGES } from '../executor/languages/language-table.ts';
import type { LimitName } from '../executor/limits/execution-limits.ts';
import { DEFAULT_LIMITS } from '../executor/limits/execution-limits.ts';
import { NETWORK_POLICIES } from '../executor/plan/execution-request.ts';
import type { ConfigKey, ConfigKeyDefinition, ConfigParser } from './config-key.ts';
import { row } from './config-key-row.ts';
import { DAYTONA_KEYS } from './daytona-keys.ts';
import { DOCKER_KEYS } from './docker-keys.ts';
import { GENERATOR_KEYS } from './generator-keys.ts';

/** `openFiles` has the variable CLOCHE_OPEN_FILES and the flag `--open-files`. */
function limitRow(
  word: string,
  limit: LimitName,
  parser: ConfigParser,
  en: string,
  zh: string,
): ConfigKeyDefinition {
  const words = word.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return row({
    key: `limits.${word}` as ConfigKey,
    variables: [`CLOCHE_${words.replaceAll('-', '_').toUpperCase()}`],
    flag: `--${words}`,
    parser,
    limit,
    defaultValue: DEFAULT_LIMITS[limit],
    projectFile: 'lower',
    description: { en, zh },
  });
}

function languageRow(id: LanguageId): ConfigKeyDefinition {
  const name = LANGUAGES[id].displayName;
  return row({
    key: `languages.${id}.compileArguments`,
    parser: 'list',
    defaultValue: [],
    projectFile: 'any',
    description: {
      en: `Arguments for the compiler or interpreter of ${name}.`,
      zh: `传给 ${name} 编译器或解释器的参数。`,
    },
  });
}

/** Every key of the configuration: what `cloche config` prints, what files, variables and flags are read by. */
export const CONFIG_KEYS: readonly ConfigKeyDefinition[] = [
  row({
    key: 'executor',
    variables: ['CLOCHE_EXECUTOR'],
    flag: '--executor',
    parser: 'text',
    defaultValue: 'auto',
    description: {
      en: 'What runs programs: auto, local, docker, or the name of an added executor.',
      zh: '用什么运行程序：auto、local、docker 或已添加的执行器名称。',
    },
  }),
  row({
    key: 'auto.order',
    variables: ['CLOCHE_AUTO_ORDER'],
    parser: 'list',
    defaultValue: ['docker', 'local'],
    description: { en: 'Executors that auto tries, best first.', zh: 'auto 依次尝试的执行器，优先的在前。' },
  }),
  row({
    key: 'isolation.minimum',
    variables: ['CLOCHE_ISOLATION_MINIMUM'],
    flag: '--isolation',
    parser: 'enum',
    values: ISOLATION_LEVELS,
    defaultValue: 'none',
    projectFile: 'raise',
    description: {
      en: 'The weakest isolation under which a program may run.',
      zh: '运行程序所需的最低隔离级别。',
    },
  }),
  row({
    key: 'network',
    variables: ['CLOCHE_NETWORK'],
    flag: '--network',
    parser: 'enum',
    values: NETWORK_POLICIES,
    defaultValue: 'none',
    description: {
      en: 'What programs can reach: none, or full (what this machine reaches; docker keeps private addresses out where it can).',
      zh: '程序可访问的网络：none（无）或 full（本机可访问的网络；docker 会尽可能屏蔽私有地址）。',
    },
  }),
  limitRow('timeout', 'runTimeoutMs', 'duration', 'Wall time of a run.', '单次运行的时限。'),
  limitRow('compileTimeout', 'compileTimeoutMs', 'duration', 'Wall time of compiling.', '编译的时限。'),
  limitRow(
    'installTimeout',
    'installTimeoutMs',
    'duration',
    'Wall time of installing dependencies.',
    '安装依赖的时限。',
  ),
  limitRow(
    'output',
    'outputBytes',
    'size',
    'What a result keeps of each output stream.',
    '结果中每个输出流保留的大小。',
  ),
  limitRow(
    'memory',
    'memoryBytes',
    'size',
    'Memory of a program, all its processes together.',
    '程序全部进程的内存总量。',
  ),
  limitRow(
    'scratch',
    'scratchBytes',
    'size',
    'Space for the files that a program writes.',
    '程序可写入文件的空间。',
  ),
  limitRow(
    'processes',
    'processCount',
    'count',
    'Processes and threads at one time.',
    '同时存在的进程和线程数。',
  ),
  limitRow('openFiles', 'openFileCount', 'count', 'Open files of each process.', '每个进程可打开的文件数。'),
  limitRow(
    'cpus',
    'cpuCount',
    'number',
    'Processors of a run; fractions are allowed.',
    '运行可用的处理器数，可为小数。',
  ),
  limitRow(
    'artifactBytes',
    'artifactBytes',
    'size',
    'Size of the files that come back, together.',
    '取回文件的总大小。',
  ),
  limitRow(
    'artifactCount',
    'artifactCount',
    'count',
    'Number of the files that come back.',
    '取回文件的数量。',
  ),
  limitRow(
    'inputBytes',
    'inputBytes',
    'size',
    'Size of program, files and stdin, together.',
    '程序、文件和标准输入的总大小。',
  ),
  limitRow('inputCount', 'inputCount', 'count', 'Number of files that go in.', '输入文件的数量。'),
  row({
    key: 'queue.concurrency',
    variables: ['CLOCHE_QUEUE_CONCURRENCY'],
    parser: 'count',
    defaultValue: Math.max(2, availableParallelism()),
    description: { en: 'Programs that run at one time.', zh: '同时运行的程序数。' },
  }),
  row({
    key: 'queue.length',
    variables: ['CLOCHE_QUEUE_LENGTH'],
    parser: 'count',
    bounds: { minimum: 0, maximum: 1_000_000 },
    defaultValue: 256,
    description: {
      en: 'Programs that may wait; further ones are refused.',
      zh: '可排队等待的程序数，超出则拒绝。',
    },
  }),
  row({
    key: 'locale',
    variables: ['CLOCHE_LANG'],
    parser: 'locale',
    values: ['en', 'zh'],
    defaultValue: null,
    description: {
      en: 'The language of messages: en or zh. Default: the system’s.',
      zh: '消息语言：en 或 zh。默认随系统。',
    },
  }),
  row({
    key: 'local.sandbox',
    variables: ['CLOCHE_LOCAL_SANDBOX'],
    flag: '--sandbox',
    parser: 'enum',
    values: ['off', 'auto', 'required'],
    defaultValue: 'auto',
    description: {
      en: 'Whether local programs run under a sandbox of the operating system: off, auto (where one works) or required.',
      zh: '本地程序是否在操作系统沙箱中运行：off、auto（可用时）或 required（必须）。',
    },
  }),
  ...DOCKER_KEYS,
  ...DAYTONA_KEYS,
  ...GENERATOR_KEYS,
  ...LANGUAGE_IDS.map((id) => languageRow(id)),
];
