import type { MessageKey } from '../text/messages.ts';
import type { Draft } from './draft.ts';

/** The same as the server's, which checks it again; of bytes, as file systems count. */
const MAXIMUM_NAME_BYTES = 255;
const MAXIMUM_PATH_BYTES = 1024;

/**
 * Why a file cannot have a name; null: it can.
 *
 * @param index of the file that is to have it, which may have it already; null for a new one, that another source of its
 *   name is shown instead of
 */
export function nameProblem(
  { files, attachments }: Pick<Draft, 'files' | 'attachments'>,
  name: string,
  index: number | null,
): Extract<MessageKey, 'nameUnusable' | 'nameTaken'> | null {
  if (!isUsableName(name)) return 'nameUnusable';
  const isTaken =
    (index !== null && files.some((file, place) => file.name === name && place !== index)) ||
    attachments.some(({ path }) => path === name);
  return isTaken ? 'nameTaken' : null;
}

/** Relative, in its simplest form, and nothing that climbs out; on Windows `\` separates names too. */
function isUsableName(name: string): boolean {
  const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
  return (
    bytesOf(name) <= MAXIMUM_PATH_BYTES &&
    !/^\\|^[A-Za-z]:/u.test(name) &&
    !name.split(/[\\/]/u).includes('..') &&
    name.split('/').every((part) => part !== '' && part !== '.' && bytesOf(part) <= MAXIMUM_NAME_BYTES)
  );
}
