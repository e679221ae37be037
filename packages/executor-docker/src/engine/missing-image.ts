import { ClocheError } from '@cloche/core/executor';
import { imageWaysOut } from './image-ways-out.ts';

const marker: unique symbol = Symbol.for('cloche.docker.missing-image') as never;

/** A container was to be made of an image that the engine does not have: the one failure that a pull can mend. */
export function missingImageError(image: string, cause: unknown): ClocheError {
  const error = new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: {
      en: `The image ${image} is not on this container engine.`,
      zh: `此容器引擎上没有镜像 ${image}。`,
    },
    hint: imageWaysOut(image),
    cause,
  });
  return Object.defineProperty(error, marker, { value: true });
}

/** Survives two copies of this package in one process. */
export function isMissingImage(error: unknown): error is ClocheError {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[marker] === true;
}
