import type { LanguageId, StandardIssue, StandardResult, StandardSchema } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import { imageReferenceProblem } from './engine/image-reference.ts';

export interface DockerOptions {
  /** Address of the engine, as `DOCKER_HOST` has it. Null: found by itself. */
  readonly host: string | null;
  /** One image for every language. Null: `images`, then the language table's. */
  readonly image: string | null;
  /** Images of single languages; before `image`. */
  readonly images: Readonly<Partial<Record<LanguageId, string>>>;
  /** `runsc`, `kata`. Null: the engine's default. */
  readonly runtime: string | null;
  /** `UID:GID` of the program. */
  readonly user: string;
  readonly pool: PoolOptions;
}

/** What is kept started ahead. */
export interface PoolOptions {
  /** Waiting containers at the most; 0 keeps none. */
  readonly size: number;
  /** How long a container waits for a run before it is given up, milliseconds. */
  readonly idleMs: number;
  /** What all waiting containers may take at the most, bytes: 24 MiB are counted for each, 48 more for an interpreter in it. */
  readonly memoryBytes: number;
}

export const DEFAULT_DOCKER_OPTIONS: DockerOptions = {
  host: null,
  image: null,
  images: {},
  runtime: null,
  // "nobody" of every usual image: it owns nothing.
  user: '65534:65534',
  pool: { size: 2, idleMs: 600_000, memoryBytes: 2 * 1024 ** 3 },
};

/**
 * What the configuration's table `[docker]` hands over: `image`, `runtime`, `user`, `host`, `poolSize`,
 * `poolIdle` (milliseconds), `poolMemory` (bytes), and images of single languages, as `images.python`
 * or as `images: { python }`. Written by hand, since so few options are no reason to load a schema
 * library before every program.
 */
export const dockerOptionsSchema: StandardSchema<DockerOptions> = {
  '~standard': { version: 1, vendor: 'cloche', validate },
};

type Check = (value: unknown) => string | null;

const MAXIMUM_USER_ID = 2 ** 31 - 1;
const IMAGE_KEYS: readonly string[] = LANGUAGE_IDS.map((id) => `images.${id}`);

/** What is wrong with a value; null when nothing is. */
const CHECKS: Readonly<Record<string, Check>> = {
  image: imageProblem,
  runtime: (value) =>
    typeof value === 'string' && /^[A-Za-z0-9][\w.+/-]{0,127}$/u.test(value)
      ? null
      : 'must be the name of a runtime that the engine knows, such as runsc',
  user: userProblem,
  host: (value) =>
    typeof value === 'string' && /^(?:unix|npipe|tcp|https?|ssh):\/\/\S+$/u.test(value)
      ? null
      : 'must be an address such as unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host',
  poolSize: (value) => wholeNumberProblem(value, 0, 64),
  poolIdle: (value) => wholeNumberProblem(value, 1, 86_400_000),
  poolMemory: (value) => wholeNumberProblem(value, 1, Number.MAX_SAFE_INTEGER),
  ...Object.fromEntries(IMAGE_KEYS.map((key) => [key, imageProblem])),
};

function validate(value: unknown): StandardResult<DockerOptions> {
  if (!isTable(value)) return { issues: [{ message: 'must be a table' }] };
  const { images, ...rest } = value;
  if (images !== undefined && !isTable(images)) {
    return issue(['images'], `must be a table of images by language: ${LANGUAGE_IDS.join(', ')}`);
  }
  const given: Record<string, unknown> = { ...rest };
  for (const [language, image] of Object.entries(images ?? {})) given[`images.${language}`] = image;
  for (const [key, one] of Object.entries(given)) {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined;
    if (check === undefined) return unknownKey(key);
    // Null and undefined are "not given", as in the configuration.
    const problem = one === null || one === undefined ? null : check(one);
    if (problem !== null) return issue(key.split('.'), problem);
  }
  return { value: optionsOf(given) };
}

/** Every value was checked. */
function optionsOf(given: Readonly<Record<string, unknown>>): DockerOptions {
  const defaults = DEFAULT_DOCKER_OPTIONS;
  const text = (key: string): string | null => (given[key] as string | null | undefined) ?? null;
  const number = (key: string): number | null => (given[key] as number | null | undefined) ?? null;
  const images: Partial<Record<LanguageId, string>> = {};
  for (const id of LANGUAGE_IDS) {
    const image = text(`images.${id}`);
    if (image !== null) images[id] = image;
  }
  const user = text('user') ?? defaults.user;
  return {
    host: text('host'),
    image: text('image'),
    images,
    runtime: text('runtime'),
    // An engine that gets no group takes root's.
    user: user.includes(':') ? user : `${user}:${user}`,
    pool: {
      size: number('poolSize') ?? defaults.pool.size,
      idleMs: number('poolIdle') ?? defaults.pool.idleMs,
      memoryBytes: number('poolMemory') ?? defaults.pool.memoryBytes,
    },
  };
}

function userProblem(value: unknown): string | null {
  const match = typeof value === 'string' ? /^(?<uid>\d{1,10})(?::(?<gid>\d{1,10}))?$/u.exec(value) : null;
  const uid = Number(match?.groups?.['uid'] ?? Number.NaN);
  const gid = Number(match?.groups?.['gid'] ?? uid);
  if (!(uid <= MAXIMUM_USER_ID && gid <= MAXIMUM_USER_ID)) {
    return 'must be UID or UID:GID in digits, such as 65534:65534';
  }
  return uid === 0 || gid === 0
    ? 'must be neither root nor in its group: a program that runs as root is one bug away from the host'
    : null;
}

function imageProblem(value: unknown): string | null {
  return typeof value === 'string' ? imageReferenceProblem(value) : 'must be the name of an image';
}

function wholeNumberProblem(value: unknown, minimum: number, maximum: number): string | null {
  const isFine = typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
  return isFine ? null : `must be a whole number from ${minimum} to ${maximum}`;
}

function unknownKey(key: string): StandardResult<DockerOptions> {
  if (key.startsWith('images.')) {
    return issue(key.split('.'), `names no language; known: ${LANGUAGE_IDS.join(', ')}`);
  }
  const known = Object.keys(CHECKS).filter((name) => !IMAGE_KEYS.includes(name));
  return issue([key], `is not known; known: ${[...known, 'images'].join(', ')}`);
}

function issue(path: StandardIssue['path'], message: string): StandardResult<DockerOptions> {
  return { issues: [{ message, path }] };
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
