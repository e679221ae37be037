import type { ContentBlock } from '@modelcontextprotocol/server';
import { artifactUri } from '../resources/run-uri.ts';
import type { Run } from '../runs/run.ts';
import type { AnswerOptions } from './answer-options.ts';
import { base64 } from './base64.ts';
import { listedArtifacts } from './run-facts.ts';

export const INLINE_IMAGE_BYTES: number = 256 * 1024;
const MOST_INLINE_IMAGES = 4;

/** Small images as images, and a link to each artifact that the answer names. */
export async function artifactContent(run: Run, { mayLink }: AnswerOptions): Promise<ContentBlock[]> {
  const images = run.artifacts.all
    .filter(({ imageType, byteCount }) => imageType !== null && byteCount <= INLINE_IMAGE_BYTES)
    .slice(0, MOST_INLINE_IMAGES);
  const blocks: ContentBlock[] = [];
  for (const image of images) {
    const content = await run.artifacts.read(image, 0, image.byteCount);
    blocks.push({ type: 'image', data: base64(content), mimeType: image.mediaType });
  }
  if (!mayLink) return blocks;
  for (const { path, byteCount, mediaType } of listedArtifacts(run)) {
    blocks.push({
      type: 'resource_link',
      uri: artifactUri(run.id, path),
      name: path,
      mimeType: mediaType,
      size: byteCount,
    });
  }
  return blocks;
}
