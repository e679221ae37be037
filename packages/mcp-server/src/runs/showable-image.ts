import { imageSize } from './image-size.ts';
import type { ImageType } from '@cloche/core';
import { imageType } from '@cloche/core';

/** The services behind models refuse larger ones, and with them every later turn of the conversation. */
const LARGEST_SIDE_PIXELS = 8_000;

/** The type of an image that can be put before a model. Null for a broken or huge one: that stays a file. */
export function showableImage(content: Uint8Array): ImageType | null {
  const type = imageType(content);
  const size = type === null ? null : imageSize(content, type);
  if (size === null) return null;
  const sides = [size.width, size.height];
  return sides.every((pixels) => pixels > 0 && pixels <= LARGEST_SIDE_PIXELS) ? type : null;
}
