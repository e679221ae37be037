import { describe, expect, test } from 'vitest';
import { imageSize } from '../../src/runs/image-size.ts';
import { imageType } from '@cloche/core';
import { showableImage } from '../../src/runs/showable-image.ts';

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** The smallest of each kind. */
const IMAGES = {
  'image/png': bytes(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  'image/gif': bytes('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  'image/webp': bytes('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='),
  'image/jpeg': bytes(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  ),
} as const;

describe.each(Object.entries(IMAGES))('%s', (type, content) => {
  test('is known by its content, with its size', () => {
    expect(imageType(content)).toBe(type);
    expect(imageSize(content, type as keyof typeof IMAGES)).toEqual({ width: 1, height: 1 });
    expect(showableImage(content)).toBe(type);
  });

  test('is not shown where nothing but its first bytes is there', () => {
    expect(showableImage(content.slice(0, 14))).toBeNull();
  });
});

test('an image that no service takes is a file and no image', () => {
  const huge = new Uint8Array(IMAGES['image/png']);
  new DataView(huge.buffer).setUint32(16, 30_000);
  expect(imageType(huge)).toBe('image/png');
  expect(showableImage(huge)).toBeNull();
  expect(showableImage(new Uint8Array(0))).toBeNull();
});
