import path from 'node:path';
import { isUtf8 } from 'node:buffer';
import { imageType } from './image-type.ts';

const TEXT_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.svg': 'image/svg+xml',
  '.tsv': 'text/tab-separated-values',
  '.xml': 'application/xml',
};

const BINARY_TYPES: Readonly<Record<string, string>> = {
  '.gz': 'application/gzip',
  '.pdf': 'application/pdf',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
};

export interface MediaType {
  readonly type: string;
  readonly isText: boolean;
}

/** The content decides what the name may only refine. */
export function mediaType(name: string, content: Uint8Array): MediaType {
  const image = imageType(content);
  if (image !== null) return { type: image, isText: false };
  const extension = path.posix.extname(name).toLowerCase();
  const isText = isUtf8(content) && !content.includes(0);
  if (isText) return { type: TEXT_TYPES[extension] ?? 'text/plain', isText };
  return { type: BINARY_TYPES[extension] ?? 'application/octet-stream', isText };
}
