import type { ExecutionController, ExecutionImage, ExecutionPlan } from '@cloche/core/executor';
import { ClocheError, LANGUAGES } from '@cloche/core/executor';
import type { ConnectedEngine } from '../connected-engine.ts';
import type { EngineImage, PullProgress } from '../engine/engine.ts';
import { imageOf } from '../images/image-of-language.ts';
import { isMadeHere, notMadeYet } from '../images/local-image.ts';
import type { DockerOptions } from '../options.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { toolchainOf } from './toolchain-of.ts';

export interface ImageNeed {
  readonly plan: ExecutionPlan;
  readonly options: DockerOptions;
  readonly connected: ConnectedEngine;
  readonly signal: AbortSignal;
  readonly controller: ExecutionController;
}

export interface ObtainedImage {
  /** What containers are made of: for Go the one with its library compiled. */
  readonly image: EngineImage;
  readonly execution: ExecutionImage;
  readonly toolchainVersion: string | null;
  /** Whether its containers can do without a network that the engine sets up. */
  readonly namesLocalhost: boolean;
}

/**
 * The image of the plan's language, pulled where it is not there, with its toolchain looked at once.
 *
 * @throws ClocheError `ERR_CAPABILITY_UNSUPPORTED` when it cannot be had, `ERR_LANGUAGE_UNSUPPORTED` when it lacks the toolchain
 */
export async function obtainImage(need: ImageNeed): Promise<ObtainedImage> {
  const { plan, options, connected } = need;
  const reference = imageOf(options, plan.language);
  const image = (await connected.catalog.find(reference)) ?? (await pull(reference, need));
  const toolchain = await toolchainOf(plan.language, reference, image, options, connected);
  return {
    image: plan.language === 'go' ? await withGoLibrary(image, need) : image,
    execution: { reference, id: image.id, digest: image.digest },
    toolchainVersion: toolchain.version,
    namesLocalhost: toolchain.greeting.hasLocalhost,
  };
}

async function pull(reference: string, need: ImageNeed): Promise<EngineImage> {
  const { connected, signal, controller } = need;
  try {
    if (isMadeHere(reference)) throw notMadeYet(reference);
    controller.emit({ type: 'stage', stage: 'pull', state: 'started', detail: reference });
    const image = await connected.catalog.pull(
      reference,
      (progress) => tell(reference, progress, need),
      signal,
    );
    controller.emit({ type: 'stage', stage: 'pull', state: 'finished' });
    return image;
  } catch (error) {
    signal.throwIfAborted();
    throw await concerningImage(error, connected);
  }
}

function tell(
  reference: string,
  { bytesDone, bytesTotal, layersDone, layersTotal }: PullProgress,
  { controller }: ImageNeed,
): void {
  controller.emit({
    type: 'stage',
    stage: 'pull',
    state: 'progress',
    progress: { done: bytesDone, total: bytesTotal, unit: 'bytes' },
    detail: `${reference}, ${layersDone} of ${layersTotal} layers`,
  });
}

/** An engine that answers and lacks one image can still run everything else: its code says that of this plan alone. */
async function concerningImage(error: unknown, { engine }: ConnectedEngine): Promise<unknown> {
  if (!ClocheError.isInstance(error) || error.code !== 'ERR_EXECUTOR_UNAVAILABLE') return error;
  try {
    await engine.identify();
  } catch {
    return error;
  }
  const { message, hint } = error.text;
  return new ClocheError({
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    message,
    hint,
    retryable: error.retryable,
    cause: error,
  });
}

async function withGoLibrary(image: EngineImage, need: ImageNeed): Promise<EngineImage> {
  const { connected, options, controller, signal } = need;
  const found = await connected.goLibrary.find(image);
  if (found !== null) return found;
  signal.throwIfAborted();
  const detail = `compiling the standard library of ${LANGUAGES.go.displayName}, once for this image`;
  controller.emit({ type: 'stage', stage: 'install', state: 'started', detail });
  const place = { runtime: options.runtime, seccomp: connected.seccomp };
  const made = await unlessAborted(connected.goLibrary.make(image, place), signal);
  controller.emit({ type: 'stage', stage: 'install', state: 'finished' });
  return made;
}
