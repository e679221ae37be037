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
