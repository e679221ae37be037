import type { ImageType } from '@cloche/core';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const READERS: Readonly<Record<ImageType, (view: DataView) => ImageSize | null>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/gif': gifSize,
  'image/webp': webpSize,
};

/** As its header has it. Null where the file is broken off or makes no sense. */
export function imageSize(content: Uint8Array, type: ImageType): ImageSize | null {
  try {
    return READERS[type](new DataView(content.buffer, content.byteOffset, content.byteLength));
  } catch {
    // A read beyond the end: it is shorter than its own header says.
    return null;
  }
}

function pngSize(view: DataView): ImageSize | null {
  const isWhole = view.getUint32(view.byteLength - 8) === 0x49_45_4e_44;
  if (!isWhole || view.getUint32(12) !== 0x49_48_44_52) return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function gifSize(view: DataView): ImageSize | null {
  if (view.getUint8(view.byteLength - 1) !== 0x3b) return null;
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function jpegSize(view: DataView): ImageSize | null {
  let position = 2;
  for (;;) {
    if (view.getUint8(position) !== 0xff) return null;
    const marker = view.getUint8(position + 1);
    // Start of frame, of every coding process; the three between them are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(position + 7), height: view.getUint16(position + 5) };
    position += 2 + view.getUint16(position + 2);
  }
}

function webpSize(view: DataView): ImageSize | null {
  if (view.getUint32(4, true) + 8 > view.byteLength) return null;
  const format = view.getUint32(12);
  if (format === 0x56_50_38_58) return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  if (format === 0x56_50_38_4c) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (format !== 0x56_50_38_20) return null;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function uint24(view: DataView, position: number): number {
  return view.getUint16(position, true) | (view.getUint8(position + 2) << 16);
}
