import type { ExecutorHost, LanguageId } from '@cloche/core/executor';
import { ClocheError, LANGUAGE_IDS } from '@cloche/core/executor';
import { TOOLCHAINS_BASE } from '@cloche/sandbox-agent';
import type { Engine, PullProgress } from '../engine/engine.ts';
import { imageReferenceProblem } from '../engine/image-reference.ts';
import { openEngine } from '../engine/open-engine.ts';
import type { DockerOptions } from '../options.ts';
import { buildFailed } from './build-failed.ts';
import { imageOf } from './image-of-language.ts';
import { isMadeHere, notMadeYet } from './local-image.ts';
import { TOOLCHAINS_DOCKERFILE, TOOLCHAINS_IMAGE } from './toolchains-dockerfile.ts';

/** Compilers say nothing while they work, and Go's library takes minutes on a small machine. */
const BUILD_SILENCE_MS = 30 * 60_000;

export interface ListedImage {
  readonly reference: string;
  /** The languages that it runs, as the options have it. */
  readonly languages: readonly LanguageId[];
  readonly isPresent: boolean;
  /** `sha256:…`. Null where it is not present. */
  readonly id: string | null;
  /** `name@sha256:…`. Null where it is not present, and for one that was made here. */
  readonly digest: string | null;
  /** Null where it is not present. */
  readonly sizeBytes: number | null;
}

export interface ImagePullProgress extends PullProgress {
  readonly reference: string;
}

export interface PullImagesOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImagePullProgress) => void;
  /** Those too that are present, whose tag may have moved on. Default false. */
  readonly again?: boolean;
}

export interface PulledImage extends ListedImage {
  readonly wasPulled: boolean;
}

export interface BuildImageOptions {
  /** Default {@link TOOLCHAINS_BASE}. Pulled where it is not present. */
  readonly base?: string;
  /** Default {@link TOOLCHAINS_IMAGE}. */
  readonly tag?: string;
  readonly signal?: AbortSignal;
  /** What the build prints. */
  readonly onLine?: (line: string) => void;
  /** Of pulling the base. */
  readonly onProgress?: (progress: ImagePullProgress) => void;
  /** What its steps reach. Default `default`: what the engine gives to a build. */
  readonly network?: 'default' | 'host' | 'none';
}

export interface BuiltImage {
  readonly reference: string;
  /** `sha256:…`. */
  readonly id: string;
  /** Null where the engine does not say. */
  readonly sizeBytes: number | null;
}

/** The images that runs need, looked after ahead of them. */
export interface DockerImages extends AsyncDisposable {
  /** One for each image of the options, in the order of the languages. @throws ClocheError */
  list(options?: { readonly signal?: AbortSignal }): Promise<readonly ListedImage[]>;
  /**
   * Each image once, one after the other.
   *
   * @param languages empty: all
   * @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` naming the image that cannot be had, or the engine
   * @throws the reason of the signal when it aborts
   */
  pull(languages: readonly LanguageId[], options?: PullImagesOptions): Promise<readonly PulledImage[]>;
  /**
   * Makes one image with all toolchains.
   *
   * @throws ClocheError `ERR_REQUEST_INVALID` for a base or tag that is no name, `ERR_EXECUTOR_UNAVAILABLE` for a base
   * that cannot be had, `ERR_EXECUTOR_FAILED` for a build that fails
   * @throws the reason of the signal when it aborts
   */
  build(options?: BuildImageOptions): Promise<BuiltImage>;
}

/** Looks for the engine on first use. */
export function dockerImages(options: DockerOptions, host: ExecutorHost): DockerImages {
  return new EngineImageKeeper(options, host);
}

class EngineImageKeeper implements DockerImages {
  readonly #options: DockerOptions;
  readonly #host: ExecutorHost;
  #opening: Promise<Engine> | null = null;

  constructor(options: DockerOptions, host: ExecutorHost) {
    this.#options = options;
    this.#host = host;
  }

  async list({ signal }: { readonly signal?: AbortSignal } = {}): Promise<readonly ListedImage[]> {
    const engine = await this.#engine();
    return Promise.all(
      this.#wanted(LANGUAGE_IDS).map(([reference, languages]) => look(engine, reference, languages, signal)),
    );
  }

  async pull(
    languages: readonly LanguageId[],
    { signal, onProgress, again = false }: PullImagesOptions = {},
  ): Promise<readonly PulledImage[]> {
    const engine = await this.#engine();
    const pulled: PulledImage[] = [];
    for (const [reference, wantedBy] of this.#wanted(languages.length === 0 ? LANGUAGE_IDS : languages)) {
      signal?.throwIfAborted();
      const present = await look(engine, reference, wantedBy, signal);
      const isPulled = !present.isPresent || (again && !isMadeHere(reference));
      if (isPulled) await pullOne(engine, reference, signal, onProgress);
      const now = isPulled ? await look(engine, reference, wantedBy, signal) : present;
      pulled.push({ ...now, wasPulled: isPulled });
    }
    return pulled;
  }

  async build({
    base = TOOLCHAINS_BASE,
    tag = TOOLCHAINS_IMAGE,
    signal,
    onLine = () => undefined,
    onProgress,
    network = 'default',
  }: BuildImageOptions = {}): Promise<BuiltImage> {
    checkName('base', base);
    checkName('tag', tag);
    const engine = await this.#engine();
    const call = signal === undefined ? {} : { signal };
    // The engine would pull it by itself, without a word about how far it is.
    if ((await engine.images.find(base, call)) === null) await pullOne(engine, base, signal, onProgress);
    const { buildContext } = await import('./build-context.ts');
    const context = await buildContext(TOOLCHAINS_DOCKERFILE);
    const definition = { tag, arguments: { BASE: base }, labels: {}, network };
    let id: string;
    try {
      id = await engine.images.build(context, definition, onLine, { ...call, timeoutMs: BUILD_SILENCE_MS });
    } catch (error) {
      const isOfBuild = ClocheError.isInstance(error) && error.code === 'ERR_EXECUTOR_FAILED';
      throw isOfBuild && signal?.aborted !== true ? buildFailed(tag, base, error) : error;
    }
    return { reference: tag, id, sizeBytes: (await engine.images.find(tag, call))?.sizeBytes ?? null };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const engine = await this.#opening?.catch(() => null);
    engine?.close();
    this.#opening = null;
  }

  #engine(): Promise<Engine> {
    this.#opening ??= openOrFail(this.#host, this.#options.host);
    return this.#opening;
  }

  #wanted(languages: readonly LanguageId[]): [string, LanguageId[]][] {
    const wanted = new Map<string, LanguageId[]>();
    for (const language of new Set(languages)) {
      const reference = imageOf(this.#options, language);
      wanted.set(reference, [...(wanted.get(reference) ?? []), language]);
    }
    return [...wanted];
  }
}

async function openOrFail(host: ExecutorHost, configuredHost: string | null): Promise<Engine> {
  const search = await openEngine(host, configuredHost);
  if (search.found) return search.engine;
  const { code, reason, hint, fix } = search.unavailability;
  const commands = fix.map((command) => `\n    $ ${command}`).join('');
  throw new ClocheError({
    code,
    message: reason,
    hint: { en: hint.en + commands, zh: hint.zh + commands },
  });
}

async function look(
  engine: Engine,
  reference: string,
  languages: readonly LanguageId[],
  signal: AbortSignal | undefined,
): Promise<ListedImage> {
  const image = await engine.images.find(reference, signal === undefined ? {} : { signal });
  return {
    reference,
    languages,
    isPresent: image !== null,
    id: image?.id ?? null,
    digest: image?.digest ?? null,
    sizeBytes: image?.sizeBytes ?? null,
  };
}

async function pullOne(
  engine: Engine,
  reference: string,
  signal: AbortSignal | undefined,
  onProgress: PullImagesOptions['onProgress'],
): Promise<void> {
  if (isMadeHere(reference)) throw notMadeYet(reference);
  const call = signal === undefined ? {} : { signal };
  await engine.images.pull(reference, (progress) => onProgress?.({ reference, ...progress }), call);
}

function checkName(role: 'base' | 'tag', reference: string): void {
  const isFine = imageReferenceProblem(reference) === null && !(role === 'tag' && reference.includes('@'));
  if (isFine) return;
  const shown = JSON.stringify(reference);
  throw new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `The ${role} ${shown} is not the name of an image.`,
      zh: `${role === 'base' ? '基础镜像' : '标签'} ${shown} 不是有效的镜像名称。`,
    },
    hint: {
      en: `Write it as \`docker pull\` takes it, such as ${role === 'base' ? TOOLCHAINS_BASE : TOOLCHAINS_IMAGE}.`,
      zh: `请按 \`docker pull\` 的写法填写，例如 ${role === 'base' ? TOOLCHAINS_BASE : TOOLCHAINS_IMAGE}。`,
    },
  });
}
