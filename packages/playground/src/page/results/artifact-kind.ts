import type { ArtifactInfo } from '../../api/run-event.ts';

export type ArtifactKind = 'image' | 'svg' | 'table' | 'json' | 'markup' | 'text' | 'other';

const IMAGES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
};
const TEXTS = new Set(
  'txt log md yaml yml toml ini xml py js ts java go rs sh c cpp h hpp sql css conf diff tex'.split(' '),
);

export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** As what an `<img>` is told to read it; null for what is no picture. */
export function imageType(path: string): string | null {
  return extensionOf(path) === 'svg' ? 'image/svg+xml' : (IMAGES[extensionOf(path)] ?? null);
}

/** How a file is shown, by its name, which the program chose: each view takes whatever bytes there are. */
export function kindOfArtifact({ path, mediaType }: Pick<ArtifactInfo, 'path' | 'mediaType'>): ArtifactKind {
  const extension = extensionOf(path);
  if (extension === 'svg') return 'svg';
  if (IMAGES[extension]) return 'image';
  if (extension === 'csv' || extension === 'tsv') return 'table';
  if (extension === 'json') return 'json';
  if (['html', 'htm', 'xhtml'].includes(extension)) return 'markup';
  if (TEXTS.has(extension) || (extension === '' && mediaType.startsWith('text/'))) return 'text';
  return mediaType.startsWith('text/') ? 'text' : 'other';
}
