import { ClocheError } from '@cloche/core/executor';

/** Becomes part of a path of the API, so nothing may pass that could lead to another one. */
const REFERENCE = /^\w[\w.-]*(?::\d+)?(?:\/\w[\w.-]*)*(?::\w[\w.-]*)?(?:@[\w+.-]+:[0-9a-f]+)?$/iu;

/** @throws ClocheError `ERR_CONFIG_INVALID` for what is no image's name */
export function checkImageReference(reference: string): string {
  if (reference.length <= 512 && REFERENCE.test(reference)) return reference;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `${JSON.stringify(reference.slice(0, 100))} is not the name of an image.`,
      zh: `${JSON.stringify(reference.slice(0, 100))} 不是镜像名称。`,
    },
    hint: {
      en: 'Write it as `docker pull` takes it, for example python:3.13-slim or ghcr.io/me/tools:1.',
      zh: '请按 `docker pull` 的写法填写，例如 python:3.13-slim 或 ghcr.io/me/tools:1。',
    },
  });
}
