/** Types of image that models and clients can show. */
const SIGNATURES = [
  { type: 'image/png', offset: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', offset: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', offset: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', offset: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
] as const;

export type ImageType = (typeof SIGNATURES)[number]['type'];

/** From the content alone: a model's service that gets another image than it was told of refuses the whole conversation. */
export function imageType(content: Uint8Array): ImageType | null {
  const signature = SIGNATURES.find(({ offset, bytes }) =>
    bytes.every((byte, index) => content[offset + index] === byte),
  );
  return signature?.type ?? null;
}
