import type { Playground } from '../playground.ts';
import { languageOfFile } from '../state/language-files.ts';
import { textOf as editableText, toBase64 } from '../state/request-of.ts';
import { formatBytes } from '../text/format.ts';
import { textOf } from '../text/messages.ts';

/** What one request may carry altogether, with room for what base64 adds. */
const MAXIMUM_BYTES = 32 * 1024 * 1024;

/** Sources become tabs of the editor, everything else lies beside the program. */
export async function takeFiles(playground: Playground, files: FileList): Promise<void> {
  for (const file of files) {
    if (file.size > MAXIMUM_BYTES) {
      const limit = formatBytes(MAXIMUM_BYTES);
      tell(playground, textOf(playground.locale, 'fileTooLarge', { file: file.name, limit }));
      continue;
    }
    const bytes = await contentOf(file);
    if (bytes === null) {
      tell(playground, textOf(playground.locale, 'fileUnreadable', { file: file.name }));
      continue;
    }
    const text = languageOfFile(file.name) === null ? null : editableText(bytes);
    playground.store.dispatch({
      type: 'draft',
      action:
        text === null
          ? {
              type: 'attach',
              attachment: { path: file.name, byteCount: bytes.length, content: toBase64(bytes) },
            }
          : { type: 'add-file', file: { name: file.name, text } },
    });
  }
}

/** Null for a folder, and for what has gone since it was chosen. */
async function contentOf(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

function tell(playground: Playground, message: string): void {
  const { locale } = playground;
  playground.store.dispatch({
    type: 'notice',
    notice: { code: 'ERR_REQUEST_INVALID', message, hint: null, locale },
  });
}
