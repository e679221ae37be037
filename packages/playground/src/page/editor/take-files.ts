import type { Playground } from '../playground.ts';
import { toBase64 } from '../state/base64.ts';
import { draftBytes } from '../state/draft-bytes.ts';
import { editableText } from '../state/editable-text.ts';
import { languageOfFile } from '../state/language-files.ts';
import { draftOf } from '../state/reduce-app.ts';
import { newSourceFile } from '../state/source-file.ts';
import { formatBytes } from '../text/format.ts';
import { textOf } from '../text/messages.ts';

/** What one request may carry altogether, with room for what base64 adds. */
const MAXIMUM_BYTES = 32 * 1024 * 1024;

type FileTaker = Pick<Playground, 'locale' | 'store'>;

/** Sources become tabs of the editor, everything else lies beside the program. What is not taken is told together. */
export async function takeFiles(playground: FileTaker, files: readonly File[]): Promise<void> {
  const refusals: string[] = [];
  for (const file of files) {
    const refusal = await takeFile(playground, file);
    if (refusal !== null) refusals.push(refusal);
  }
  if (refusals.length > 0) tell(playground, refusals.join('\n'));
}

/** Gives why the file was not taken; null: it was. */
async function takeFile({ store, locale }: FileTaker, file: File): Promise<string | null> {
  if (draftBytes(draftOf(store.get()), file.name) + file.size > MAXIMUM_BYTES) {
    return textOf(locale, 'filesTooLarge', { file: file.name, limit: formatBytes(MAXIMUM_BYTES) });
  }
  const bytes = await contentOf(file);
  if (bytes === null) return textOf(locale, 'fileUnreadable', { file: file.name });
  const text = languageOfFile(file.name) === null ? null : editableText(bytes);
  store.dispatch({
    type: 'draft',
    action:
      text === null
        ? {
            type: 'attach',
            attachment: { path: file.name, byteCount: bytes.length, content: toBase64(bytes) },
          }
        : { type: 'add-file', file: newSourceFile(file.name, text) },
  });
  return null;
}

/** Null for a folder, and for what has gone since it was chosen. */
async function contentOf(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

function tell({ store, locale }: FileTaker, message: string): void {
  store.dispatch({ type: 'notice', notice: { code: 'ERR_REQUEST_INVALID', message, hint: null, locale } });
}
