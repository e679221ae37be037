import { ClocheError } from '@cloche/core/executor';

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = `${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?`;
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
/** https://github.com/distribution/reference: a registry, a path of names, a tag, a digest. */
const REFERENCE = new RegExp(`^(?:${HOST}/)?${PART}(?:/${PART})*(?::${TAG})?(?:@${DIGEST})?$`, 'u');
const ID = /^sha256:[0-9a-f]{64}$/u;

const MAXIMUM_LENGTH = 512;

/** What is wrong with the name of an image, in English, to follow its key; null when nothing is. */
export function imageReferenceProblem(reference: string): string | null {
  const isFine = reference.length <= MAXIMUM_LENGTH && (ID.test(reference) || REFERENCE.test(reference));
  return isFine
    ? null
    : 'must be the name of an image, such as python:3.14-slim or registry.example:5000/team/tools@sha256:…';
}

/** @throws ClocheError `ERR_CONFIG_INVALID` for what is no image's name */
export function checkImageReference(reference: string): string {
  // It becomes part of a path of the API, so nothing may pass that could lead to another one.
  if (imageReferenceProblem(reference) === null) return reference;
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
