import { createHash, randomBytes } from 'node:crypto';
import type { ExecutorHost, ToolchainProgram } from '@cloche/core/executor';
import { DEFAULT_LIMITS, JsonCache, LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import type { Job } from '../agent/job.ts';
import { JobDialogue } from '../execution/job-dialogue.ts';
import { unusableSandbox } from '../execution/run-errors.ts';
import type { DaytonaOptions } from '../options.ts';
import type { DaytonaService } from '../service/daytona-service.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';

/** Of what is stored, and of the questions; another one makes whatever was stored before of no account. */
const FORMAT_VERSION = 2;
/** The service's default snapshot changes under its name. */
const KEPT_MS = 24 * 60 * 60_000;
const TIMEOUT_MS = 60_000;
const OUTPUT_LIMIT_BYTES = 64 * 1024;
const KEY_LENGTH = 32;
const ID_BYTES = 12;
const END_OF_ANSWER = '\0';
/** Stands where the next answer would; no program has this name. */
const END_OF_ANSWERS = 'end of answers';

/** Asks each program in turn; `COUNT NAME VERSION-ARGUMENTS…` come as arguments, after the address to be tried. */
const QUESTIONS = `if command -v bash >/dev/null && command -v timeout >/dev/null; then
  if timeout 3 bash -c 'exec 9<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; then printf 'network\\nreached\\0'; fi
fi
shift 2
if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then printf 'root\\nreached\\0'; fi
while [ "$#" -gt 0 ]; do
  count=$1
  shift
  words=
  index=1
  while [ "$index" -le "$count" ]; do words="$words \\"\\\${$index}\\""; index=$((index + 1)); done
  if command -v "$1" >/dev/null; then printf '%s\\n' "$1"; eval "$words" 2>&1; printf '\\0'; fi
  shift "$count"
done
printf '${END_OF_ANSWERS}'
`;

/** What was found in a sandbox of a snapshot. */
export interface SnapshotFacts {
  /** By the program's name. Null: it is there and does not tell its version. Absent: it is not there. */
  readonly versions: Readonly<Record<string, string | null>>;
  readonly sandboxClass: string | null;
  /** Of the user that programs run as; null: not known. */
  readonly userId: number | null;
  /** Whether programs become root through `sudo` without a password. */
  readonly mayBecomeRoot: boolean;
  /** False: a sandbox that was to have no network reached the service itself. */
  readonly holdsNetwork: boolean;
}

/** What is known of the snapshot that sandboxes are made from; looked up once, and kept for a day. */
export class SnapshotFactsCache {
  readonly #cache: JsonCache<unknown>;
  readonly #key: string;

  constructor(options: DaytonaOptions, host: ExecutorHost) {
    this.#cache = new JsonCache(host, 'executor-daytona', 'snapshots.json');
    const { apiUrl, apiKey, organizationId, target, snapshot, image } = options;
    this.#key = createHash('sha256')
      .update(JSON.stringify([FORMAT_VERSION, apiUrl, apiKey, organizationId, target, snapshot, image]))
      .digest('hex')
      .slice(0, KEY_LENGTH);
  }

  /** Null where nothing is known. */
  async known(): Promise<SnapshotFacts | null> {
    const stored = await this.#cache.get(this.#key);
    return isStored(stored) && Date.now() - stored.atMs < KEPT_MS ? stored.facts : null;
  }

  async store(facts: SnapshotFacts): Promise<void> {
    await this.#cache.set(this.#key, { atMs: Date.now(), facts });
  }

  /** What was known has turned out to be wrong. */
  async forget(): Promise<void> {
    await this.#cache.set(this.#key, null);
  }
}

/**
 * Looks at a sandbox of the snapshot.
 *
 * @throws ClocheError `ERR_CAPABILITY_UNSUPPORTED` where it cannot run programs; ServiceFailure
 */
export async function lookInside(
  sandbox: ServiceSandbox,
  service: DaytonaService,
  signal: AbortSignal,
): Promise<SnapshotFacts> {
  const programs = LANGUAGE_IDS.flatMap((id) => LANGUAGES[id].programs);
  const { hostname, port, protocol } = new URL(service.apiUrl);
  const words = programs.flatMap(({ name, versionArguments }) => [
    String(1 + versionArguments.length),
    name,
    ...versionArguments,
  ]);
  const address = [
    hostname.replace(/^\[|\]$/gu, ''),
    port === '' ? (protocol === 'http:' ? '80' : '443') : port,
  ];
  let output = '';
  let userId: number | null = null;
  let unusable: string | null = null;
  const dialogue = new JobDialogue(sandbox, question(['sh', '-c', QUESTIONS, 'sh', ...address, ...words]), {
    onSaid: (said) => {
      const [what, first = ''] = said.split(' ');
      if (what === 'ready' && /^\d{1,10}$/u.test(first)) userId = Number(first);
      if (what === 'unusable') unusable = said.slice('unusable '.length);
    },
    onStdin: () => undefined,
    onOutput: (stream, data) => {
      if (stream === 'ro' && output.length < OUTPUT_LIMIT_BYTES) output += data.toString('utf8');
    },
    onFiles: () => undefined,
    onLaunch: () => undefined,
    room: () => Promise.resolve(),
  });
  dialogue.giveUpAtMs = performance.now() + TIMEOUT_MS;
  const onAbort = (): void => void dialogue.stop();
  signal.addEventListener('abort', onAbort, { once: true });
  const ending = await dialogue.run().finally(() => signal.removeEventListener('abort', onAbort));
  if (unusable !== null) throw unusableSandbox(unusable);
  // A program that was not asked any more must not be taken for one that is not there.
  if (ending !== 'done' || !output.endsWith(END_OF_ANSWERS)) throw unusableSandbox('its toolchains');
  return {
    versions: readVersions(output, programs),
    sandboxClass: sandbox.sandboxClass,
    userId,
    mayBecomeRoot: output.includes(`root\nreached${END_OF_ANSWER}`),
    holdsNetwork: !(sandbox.blocksNetwork && output.includes(`network\nreached${END_OF_ANSWER}`)),
  };
}

function question(argv: readonly string[]): Job {
  const id = randomBytes(ID_BYTES).toString('hex');
  const { memoryBytes, processCount, openFileCount } = DEFAULT_LIMITS;
  return {
    id,
    places: `/tmp/cloche-${id}`,
    keepsFiles: false,
    formerIds: [],
    programs: [],
    files: [],
    compile: null,
    run: { argv, timeoutMs: TIMEOUT_MS },
    environment: {},
    stdin: { kind: 'none' },
    memoryBytes,
    processCount,
    openFileCount,
    fileLimitBytes: null,
  };
}

function readVersions(output: string, programs: readonly ToolchainProgram[]): Record<string, string | null> {
  const versions: Record<string, string | null> = {};
  for (const answer of output.split(END_OF_ANSWER)) {
    const end = answer.indexOf('\n');
    const program = programs.find(({ name }) => name === answer.slice(0, end));
    if (program !== undefined)
      versions[program.name] = program.versionPattern.exec(answer.slice(end + 1))?.[1] ?? null;
  }
  return versions;
}

/** What lies on the disk may be damaged, or another version's. */
function isStored(value: unknown): value is { readonly atMs: number; readonly facts: SnapshotFacts } {
  if (typeof value !== 'object' || value === null) return false;
  const { atMs, facts } = value as Partial<Record<'atMs' | 'facts', unknown>>;
  if (typeof atMs !== 'number' || typeof facts !== 'object' || facts === null) return false;
  const { versions, sandboxClass, userId, holdsNetwork, mayBecomeRoot } = facts as Partial<
    Record<keyof SnapshotFacts, unknown>
  >;
  return (
    typeof versions === 'object' &&
    versions !== null &&
    Object.values(versions).every((version) => version === null || typeof version === 'string') &&
    (sandboxClass === null || typeof sandboxClass === 'string') &&
    (userId === null || typeof userId === 'number') &&
    typeof mayBecomeRoot === 'boolean' &&
    typeof holdsNetwork === 'boolean'
  );
}
