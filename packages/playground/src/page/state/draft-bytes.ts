import type { Draft } from './draft.ts';

/**
 * What a request carries of a draft's files.
 *
 * @param name of a file that is not counted: another one is to take its place
 */
export function draftBytes(draft: Draft, name: string): number {
  const sources = draft.files
    .filter((file) => file.name !== name)
    .map(({ text }) => new TextEncoder().encode(text).length);
  const attachments = draft.attachments.filter(({ path }) => path !== name).map(({ byteCount }) => byteCount);
  return [...sources, ...attachments].reduce((total, count) => total + count, 0);
}
