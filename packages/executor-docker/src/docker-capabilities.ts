import type {
  EnforcedLimit,
  ExecutorCapabilities,
  LanguageCapability,
  LanguageId,
  LimitSupport,
  LocalizedText,
} from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import type { ConnectedEngine } from './connected-engine.ts';
import type { Greeting } from './container/greeting.ts';
import type { EngineIdentity } from './engine/engine.ts';
import { toolchainOf } from './execution/toolchain-of.ts';
import { imageOf } from './images/image-of-language.ts';
import type { DockerOptions } from './options.ts';

const CONTAINER_LIMITS = ['memory', 'processes', 'cpu', 'scratch', 'openFiles'] as const;

const OWN_SECCOMP: LocalizedText = {
  en: 'This engine keeps its own profile of system calls, under which a program may trace the other processes of its container.',
  zh: '该引擎使用自己的系统调用配置，程序可能可以跟踪其容器中的其他进程。',
};

/** What this engine offers, by what its containers of these images were found to be held by. */
export async function dockerCapabilities(
  connected: ConnectedEngine,
  options: DockerOptions,
  languages: readonly LanguageId[],
): Promise<ExecutorCapabilities> {
  const found = await Promise.all(
    languages.map((language) => languageCapability(language, connected, options)),
  );
  const greeting = found.find((one) => one.greeting !== null)?.greeting ?? null;
  return {
    isolation: connected.isolation,
    isolationDetail: connected.isolationDetail,
    languages: Object.fromEntries(languages.map((language, index) => [language, found[index]?.capability])),
    stdin: ['bytes', 'stream'],
    separateStderr: true,
    liveOutput: true,
    limits: limitSupport(greeting, connected.identity),
    networks: ['none', 'full'],
    sessions: false,
    artifacts: true,
    details: [describeEngine(connected)],
    warnings: [
      ...(connected.seccomp === null && connected.isolation === 'container' ? [OWN_SECCOMP] : []),
      ...missingImages(languages, found, options),
    ],
  };
}

function describeEngine({ engine, identity, origin }: ConnectedEngine): LocalizedText {
  const { product, version, runtimes, isRootless } = identity;
  const name = `${product === 'podman' ? 'Podman' : 'Docker'} ${version}${isRootless ? ' (rootless)' : ''}`;
  const known = runtimes.join(', ');
  return {
    en: `${name} at ${engine.address}, found by ${origin}${known === '' ? '' : `; runtimes: ${known}`}`,
    zh: `${engine.address} 上的 ${name}，来源：${origin}${known === '' ? '' : `；运行时：${known}`}`,
  };
}

function missingImages(
  languages: readonly LanguageId[],
  found: readonly FoundLanguage[],
  options: DockerOptions,
): LocalizedText[] {
  const missing = languages.filter((_, index) => found[index]?.isPulled === false);
  const list = [...new Set(missing.map((language) => imageOf(options, language)))].join(', ');
  if (list === '') return [];
  return [
    {
      en: `Images that a first run will have to pull: ${list}. Fetch them ahead with \`cloche images pull\`, or make one for all languages, quick and for offline use, with \`cloche images build\`.`,
      zh: `首次运行时需要拉取的镜像：${list}。可用 \`cloche images pull\` 提前拉取，或用 \`cloche images build\` 构建一个包含全部语言、快速且可离线使用的镜像。`,
    },
  ];
}

/** The others of a configuration may be as good as ever. */
const CONCERNS_ONE_IMAGE: ReadonlySet<string> = new Set([
  'ERR_LANGUAGE_UNSUPPORTED',
  'ERR_CAPABILITY_UNSUPPORTED',
]);

interface FoundLanguage {
  readonly isPulled: boolean;
  readonly capability: LanguageCapability;
  readonly greeting: Greeting | null;
}

async function languageCapability(
  language: LanguageId,
  connected: ConnectedEngine,
  options: DockerOptions,
): Promise<FoundLanguage> {
  const reference = imageOf(options, language);
  const image = await connected.catalog.find(reference);
  // It can be had, as far as is known; the pull itself shows whether that is so.
  if (image === null) {
    return {
      isPulled: false,
      capability: { available: true, version: null, location: `${reference}, to be pulled` },
      greeting: null,
    };
  }
  try {
    const { version, greeting } = await toolchainOf(language, reference, image, options, connected);
    return { isPulled: true, capability: { available: true, version, location: reference }, greeting };
  } catch (error) {
    if (!ClocheError.isInstance(error) || !CONCERNS_ONE_IMAGE.has(error.code)) throw error;
    const { message, hint } = error.text;
    return {
      isPulled: true,
      capability: {
        available: false,
        code: error.code,
        reason: message,
        hint: hint ?? message,
        fix: ['cloche images build'],
      },
      greeting: null,
    };
  }
}

/** Without a container to ask, what the engine should hold; each run then looks for itself before it starts. */
function limitSupport(
  greeting: Greeting | null,
  identity: EngineIdentity,
): Record<EnforcedLimit, LimitSupport> {
  const holdsGroups = !(identity.isRootless && identity.cgroupVersion === '1');
  const assumed = (limit: (typeof CONTAINER_LIMITS)[number]): LimitSupport =>
    holdsGroups || limit === 'scratch' || limit === 'openFiles' ? 'enforced' : 'unsupported';
  const support = Object.fromEntries(
    CONTAINER_LIMITS.map((limit) => [limit, greeting?.limits[limit].support ?? assumed(limit)]),
  ) as Record<(typeof CONTAINER_LIMITS)[number], LimitSupport>;
  return { wall: 'enforced', output: 'enforced', ...support };
}
