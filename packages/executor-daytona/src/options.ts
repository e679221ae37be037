import type { StandardIssue, StandardResult, StandardSchema } from '@cloche/core/executor';

export interface DaytonaOptions {
  /** Null: none is configured, and the executor is not available. */
  readonly apiKey: string | null;
  /** Address of the API, ending in `/api`. Null: the service's own, {@link DEFAULT_API_URL}. */
  readonly apiUrl: string | null;
  /** Region. Null: the organization's default. */
  readonly target: string | null;
  readonly organizationId: string | null;
  /** What sandboxes are made from. Null: the service's default snapshot. */
  readonly snapshot: string | null;
  /** A container image instead of a snapshot; the service builds a sandbox of it. */
  readonly image: string | null;
  /** Resources of a sandbox, with `image` alone: a snapshot has its own. Null: the service's defaults. */
  readonly cpuCount: number | null;
  readonly memoryGib: number | null;
  readonly diskGib: number | null;
  /** No program gets a network, whatever it is asked for. */
  readonly blocksNetwork: boolean;
  /** CIDR blocks that a program with the network policy `full` reaches; empty: all that the organization may. */
  readonly networkAllowList: readonly string[];
  /** Put on every sandbox, beside Cloche's own. */
  readonly labels: Readonly<Record<string, string>>;
  /** After how long without a request the service stops, and so deletes, a sandbox. Null: the run's time and five minutes. */
  readonly autoStopMs: number | null;
  /** One sandbox for a series of runs, until the executor is disposed. Programs of one principal can then reach what former ones left running. */
  readonly keepsSandbox: boolean;
}

export const DEFAULT_API_URL = 'https://app.daytona.io/api';

export const DEFAULT_DAYTONA_OPTIONS: DaytonaOptions = {
  apiKey: null,
  apiUrl: null,
  target: null,
  organizationId: null,
  snapshot: null,
  image: null,
  cpuCount: null,
  memoryGib: null,
  diskGib: null,
  blocksNetwork: false,
  networkAllowList: [],
  labels: {},
  autoStopMs: null,
  keepsSandbox: false,
};

/**
 * What the configuration's table `[daytona]` hands over: `apiKey`, `apiUrl`, `target`, `organizationId`, `snapshot`,
 * `image`, `cpu`, `memory` and `disk` (bytes, whole GiB), `networkBlockAll`, `networkAllowList` (`10.0.0.0/8,…`),
 * `labels` (`key=value,…` or a table), `autoStop` (milliseconds), `keepSandbox`. Written by hand, since so few options
 * are no reason to load a schema library before every program.
 */
export const daytonaOptionsSchema: StandardSchema<DaytonaOptions> = {
  '~standard': { version: 1, vendor: 'cloche', validate },
};

const GIBIBYTE = 1024 ** 3;
const MINUTE_MS = 60_000;
const MAXIMUM_LABELS = 20;
const MAXIMUM_BLOCKS = 10;

type Check = (value: unknown) => string | null;

/** What is wrong with a value; null when nothing is. */
const CHECKS: Readonly<Record<string, Check>> = {
  // A key with a line break could not stand in a header, and is a slip of the clipboard.
  apiKey: (value) =>
    textProblem(value, /^[\u0021-\u007e]{1,4096}$/u, 'must be the key alone, without spaces'),
  apiUrl: addressProblem,
  target: (value) => textProblem(value, /^[\w.-]{1,100}$/u, 'must be the name of a region, such as us or eu'),
  organizationId: (value) => textProblem(value, /^[\w-]{1,100}$/u, 'must be the id of an organization'),
  snapshot: (value) => textProblem(value, /^[\w./:@+-]{1,300}$/u, 'must be the name of a snapshot'),
  image: (value) => textProblem(value, /^[\w./:@+-]{1,300}$/u, 'must be the name of an image with a tag'),
  cpu: (value) => wholeNumberProblem(value, 1, 64),
  memory: (value) => gibibytesProblem(value),
  disk: (value) => gibibytesProblem(value),
  networkBlockAll: booleanProblem,
  networkAllowList: (value) =>
    typeof value === 'string' && blocksOf(value).length <= MAXIMUM_BLOCKS && blocksOf(value).every(isBlock)
      ? null
      : `must be at most ${MAXIMUM_BLOCKS} blocks such as 10.0.0.0/8, with commas between them`,
  labels: (value) =>
    labelsOf(value) === null ? 'must be key=value, with commas between them, or a table of texts' : null,
  autoStop: (value) =>
    typeof value === 'number' && value >= MINUTE_MS && value <= 1440 * MINUTE_MS
      ? null
      : 'must be a time from 1m to 24h',
  keepSandbox: booleanProblem,
};

function validate(value: unknown): StandardResult<DaytonaOptions> {
  if (!isTable(value)) return { issues: [{ message: 'must be a table' }] };
  const given: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) {
    // Null and undefined are "not given", as in the configuration.
    if (one === null || one === undefined) continue;
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined;
    if (check === undefined) return issue([key], `is not known; known: ${Object.keys(CHECKS).join(', ')}`);
    const problem = check(one);
    if (problem !== null) return issue([key], problem);
    given[key] = one;
  }
  const resource = ['cpu', 'memory', 'disk'].find((key) => given[key] !== undefined);
  if (given['snapshot'] !== undefined && given['image'] !== undefined) {
    return issue(['image'], 'contradicts daytona.snapshot: a sandbox is made from one of them');
  }
  if (resource !== undefined && given['image'] === undefined) {
    return issue(
      [resource],
      'is for sandboxes made from an image (daytona.image); a snapshot has its resources from its creation: cloche daytona snapshot create',
    );
  }
  return { value: optionsOf(given) };
}

/** Every value was checked. */
function optionsOf(given: Readonly<Record<string, unknown>>): DaytonaOptions {
  const text = (key: string): string | null => (given[key] as string | undefined) ?? null;
  const number = (key: string): number | null => (given[key] as number | undefined) ?? null;
  const gibibytes = (key: string): number | null => {
    const bytes = number(key);
    return bytes === null ? null : bytes / GIBIBYTE;
  };
  return {
    apiKey: text('apiKey'),
    apiUrl: addressOf(text('apiUrl')),
    target: text('target'),
    organizationId: text('organizationId'),
    snapshot: text('snapshot'),
    image: text('image'),
    cpuCount: number('cpu'),
    memoryGib: gibibytes('memory'),
    diskGib: gibibytes('disk'),
    blocksNetwork: given['networkBlockAll'] === true,
    networkAllowList: blocksOf(text('networkAllowList') ?? ''),
    labels: labelsOf(given['labels'] ?? {}) ?? {},
    autoStopMs: number('autoStop'),
    keepsSandbox: given['keepSandbox'] === true,
  };
}

function textProblem(value: unknown, pattern: RegExp, message: string): string | null {
  return typeof value === 'string' && pattern.test(value) ? null : message;
}

function addressProblem(value: unknown): string | null {
  const message = `must be an address such as ${DEFAULT_API_URL}`;
  if (typeof value !== 'string' || !/^https?:\/\/[^\s?#]+$/iu.test(value) || !URL.canParse(value))
    return message;
  const { username, password } = new URL(value);
  return username === '' && password === '' ? null : `${message}, without a user or a password`;
}

/** As the service's own tools write it. */
function addressOf(text: string | null): string | null {
  return text === null ? null : new URL(text).href.replace(/\/+$/u, '');
}

function wholeNumberProblem(value: unknown, minimum: number, maximum: number): string | null {
  const isFine = typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
  return isFine ? null : `must be a whole number from ${minimum} to ${maximum}`;
}

function gibibytesProblem(value: unknown): string | null {
  return typeof value === 'number' && value >= GIBIBYTE && value <= 1024 * GIBIBYTE && value % GIBIBYTE === 0
    ? null
    : 'must be whole gibibytes from 1GiB to 1TiB';
}

function booleanProblem(value: unknown): string | null {
  return typeof value === 'boolean' ? null : 'must be true or false';
}

function blocksOf(text: string): string[] {
  return text
    .split(',')
    .map((block) => block.trim())
    .filter((block) => block !== '');
}

function isBlock(block: string): boolean {
  const groups = /^(?<address>\d{1,3}(?:\.\d{1,3}){3})\/(?<bits>\d{1,2})$/u.exec(block)?.groups;
  if (groups === undefined) return false;
  const isAddress = groups['address']?.split('.').every((part) => Number(part) <= 255) === true;
  return isAddress && Number(groups['bits']) <= 32;
}

/** Null where they are none. */
function labelsOf(value: unknown): Record<string, string> | null {
  const pairs: [string, unknown][] =
    typeof value === 'string'
      ? value
          .split(',')
          .filter((pair) => pair.trim() !== '')
          .map((pair) => {
            const [key = '', ...rest] = pair.split('=');
            return [key.trim(), rest.length === 0 ? null : rest.join('=').trim()];
          })
      : isTable(value)
        ? Object.entries(value)
        : [['', null]];
  const isFine =
    pairs.length <= MAXIMUM_LABELS &&
    pairs.every(
      // Cloche's own say whose a sandbox is.
      ([key, text]) =>
        /^[\w./-]{1,100}$/u.test(key) &&
        !key.startsWith('cloche.') &&
        typeof text === 'string' &&
        /^[^\p{Cc}]{0,200}$/u.test(text),
    );
  return isFine ? (Object.fromEntries(pairs) as Record<string, string>) : null;
}

function issue(path: StandardIssue['path'], message: string): StandardResult<DaytonaOptions> {
  return { issues: [{ message, path }] };
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
