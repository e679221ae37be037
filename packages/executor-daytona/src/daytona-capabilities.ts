import type {
  EnforcedLimit,
  ExecutorCapabilities,
  LanguageCapability,
  LanguageId,
  LimitSupport,
  LocalizedText,
  NetworkPolicy,
} from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import { missingProgram, SNAPSHOT_COMMAND } from './execution/run-errors.ts';
import { NETWORK_NOT_HELD } from './network-not-held.ts';
import type { DaytonaOptions } from './options.ts';
import { DEFAULT_API_URL } from './options.ts';
import { isolationOf } from './sandbox/isolation-of.ts';
import { addressWarning } from './service/check-address.ts';
import type { SnapshotFacts } from './snapshots/snapshot-facts.ts';

/** @param facts null: not known; languages are then left out */
export function daytonaCapabilities(
  options: DaytonaOptions,
  facts: SnapshotFacts | null,
  languages: readonly LanguageId[],
): ExecutorCapabilities {
  const address = addressWarning(options);
  return {
    isolation: isolationOf(facts?.sandboxClass ?? null),
    isolationDetail: facts?.sandboxClass === 'linux-vm' ? 'Daytona, linux-vm' : 'Daytona',
    languages:
      facts === null
        ? {}
        : Object.fromEntries(
            languages.map((language) => [language, languageCapability(language, options, facts)]),
          ),
    stdin: ['bytes', 'stream'],
    separateStderr: true,
    liveOutput: true,
    limits: limitSupport(facts),
    networks: networksOf(options, facts),
    sessions: true,
    artifacts: true,
    details: [describePlace(options)],
    warnings: [
      ...(address === null ? [] : [address]),
      ...(facts?.holdsNetwork === false ? [NETWORK_NOT_HELD] : []),
    ],
  };
}

function languageCapability(
  language: LanguageId,
  options: DaytonaOptions,
  { versions }: SnapshotFacts,
): LanguageCapability {
  const { programs } = LANGUAGES[language];
  const missing = programs.find(({ name }) => !Object.hasOwn(versions, name));
  if (missing !== undefined) {
    const { code, text } = missingProgram(language, missing.name);
    const hint = text.hint ?? text.message;
    return { available: false, code, reason: text.message, hint, fix: [SNAPSHOT_COMMAND] };
  }
  return {
    available: true,
    version: versions[programs[0]?.name ?? ''] ?? null,
    location: placeOf(options),
  };
}

function limitSupport(facts: SnapshotFacts | null): Record<EnforcedLimit, LimitSupport> {
  return {
    wall: 'enforced',
    output: 'enforced',
    memory: 'best-effort',
    processes: 'best-effort',
    cpu: 'unsupported',
    scratch: 'unsupported',
    // Root may raise its own limits again.
    openFiles:
      facts !== null && facts.userId !== null && facts.userId !== 0 && !facts.mayBecomeRoot
        ? 'enforced'
        : 'best-effort',
  };
}

function networksOf(options: DaytonaOptions, facts: SnapshotFacts | null): NetworkPolicy[] {
  const networks: NetworkPolicy[] = [];
  if (facts?.holdsNetwork !== false) networks.push('none');
  if (!options.blocksNetwork) networks.push('full');
  return networks;
}

function placeOf({ snapshot, image }: DaytonaOptions): string {
  return image ?? snapshot ?? 'default snapshot';
}

function describePlace(options: DaytonaOptions): LocalizedText {
  const address = options.apiUrl ?? DEFAULT_API_URL;
  const list = options.networkAllowList.join(', ');
  return {
    en: `Daytona at ${address}, ${placeOf(options)}${list === '' ? '' : `; network full reaches ${list} alone`}`,
    zh: `${address} 上的 Daytona，${placeOf(options)}${list === '' ? '' : `；网络策略 full 仅可访问 ${list}`}`,
  };
}
