import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import { ClocheError } from '@cloche/core/executor';
import { artifactUri } from '../resources/run-uri.ts';
import type { StoredArtifact } from '../runs/artifact-store.ts';
import type { Run } from '../runs/run.ts';
import type { AnswerOptions } from './answer-options.ts';
import { INLINE_IMAGE_BYTES } from './artifact-content.ts';
import { base64 } from './base64.ts';
import { clipText } from './clip-text.ts';
import { outputPage } from './output-page.ts';

const PAGE_CHARACTERS = 8_500;
const INLINE_BLOB_BYTES = 256 * 1024;
const PATH_CHARACTERS = 200;
/** Whole groups of three, so that the base64 of pages that follow each other can be joined as it is. */
const BASE64_PAGE_BYTES = 6_375;

export interface ArtifactRange {
  /** Bytes. Null: from the beginning, and what is no text in one piece. */
  readonly offset: number | null;
  readonly limitBytes: number;
}

/** What an answer shows of a file: for its text, behind the file's name, and for its structure. */
interface ShownArtifact {
  readonly text: string;
  readonly block: ContentBlock | null;
  readonly structure: Readonly<Record<string, unknown>>;
}

/**
 * One file of a run: an image as an image, text in pages, anything else as bytes where it is small, and in pages of
 * base64 for who gives an offset.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` where the run has no file of this path
 */
export async function artifactAnswer(
  run: Run,
  path: string,
  { offset, limitBytes }: ArtifactRange,
  { mayLink }: AnswerOptions,
): Promise<CallToolResult> {
  const artifact = run.artifacts.find(path);
  if (artifact === null) throw artifactNotFound(run, path);
  const shown = await (artifact.isText
    ? textPage(run, artifact, offset ?? 0, limitBytes)
    : offset === null
      ? wholeFile(run, artifact, mayLink)
      : base64Page(run, artifact, offset, limitBytes));
  const name = clipText(artifact.path, PATH_CHARACTERS);
  const text = `${name} (${artifact.mediaType}, ${artifact.byteCount} bytes)${shown.text}`;
  return {
    content: [{ type: 'text', text }, ...(shown.block === null ? [] : [shown.block])],
    structuredContent: {
      status: run.status,
      run_id: run.id,
      artifact: name,
      mime_type: artifact.mediaType,
      total_bytes: artifact.byteCount,
      ...shown.structure,
    },
  };
}

async function textPage(
  run: Run,
  artifact: StoredArtifact,
  offset: number,
  limitBytes: number,
): Promise<ShownArtifact> {
  const page = await outputPage(
    {
      keptBytes: artifact.byteCount,
      isGrowing: false,
      read: (from, length) => run.artifacts.read(artifact, from, length),
    },
    { offset, limitBytes, characters: PAGE_CHARACTERS },
  );
  const { text, nextOffset, isEnd } = page;
  return {
    text: `, bytes ${page.offset} to ${nextOffset}:\n${text}${goOn(nextOffset, isEnd)}`,
    block: null,
    structure: { text, offset: page.offset, next_offset: nextOffset, eof: isEnd },
  };
}

async function base64Page(
  run: Run,
  artifact: StoredArtifact,
  offset: number,
  limitBytes: number,
): Promise<ShownArtifact> {
  const bytes = await run.artifacts.read(artifact, offset, base64PageBytes(limitBytes));
  const from = Math.min(offset, artifact.byteCount);
  const next = from + bytes.length;
  const isEnd = next === artifact.byteCount;
  const data = base64(bytes);
  return {
    text: `, bytes ${from} to ${next} as base64:\n${data}${goOn(next, isEnd)}`,
    block: null,
    structure: { base64: data, offset: from, next_offset: next, eof: isEnd },
  };
}

async function wholeFile(run: Run, artifact: StoredArtifact, mayLink: boolean): Promise<ShownArtifact> {
  const uri = artifactUri(run.id, artifact.path);
  const block = await binaryBlock(run, artifact, uri, mayLink);
  const how =
    block === null || block.type === 'resource_link'
      ? `too large to be shown; read it as the resource ${uri}, or in pages of base64 from offset 0`
      : 'follows';
  return { text: `: ${how}`, block, structure: { uri } };
}

function goOn(nextOffset: number, isEnd: boolean): string {
  return isEnd ? '' : `\ngo on with offset ${nextOffset}`;
}

function base64PageBytes(limitBytes: number): number {
  const whole = limitBytes - (limitBytes % 3);
  return Math.min(whole === 0 ? limitBytes : whole, BASE64_PAGE_BYTES);
}

/** Null where it is too large for an answer and the client takes no links. */
async function binaryBlock(
  run: Run,
  artifact: StoredArtifact,
  uri: string,
  mayLink: boolean,
): Promise<ContentBlock | null> {
  const { path, byteCount, mediaType, imageType } = artifact;
  const bound = imageType === null ? INLINE_BLOB_BYTES : INLINE_IMAGE_BYTES;
  if (byteCount > bound) {
    return mayLink ? { type: 'resource_link', uri, name: path, mimeType: mediaType, size: byteCount } : null;
  }
  const data = base64(await run.artifacts.read(artifact, 0, byteCount));
  if (imageType !== null) return { type: 'image', data, mimeType: imageType };
  return { type: 'resource', resource: { uri, mimeType: mediaType, blob: data } };
}

function artifactNotFound(run: Run, path: string): ClocheError {
  const shown = JSON.stringify(clipText(path, PATH_CHARACTERS));
  const isRunning = run.state === 'running';
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: `This run has no artifact ${shown}.`, zh: `此次运行没有产物 ${shown}。` },
    hint: isRunning
      ? {
          en: 'It still runs; artifacts are there at its end. Give wait_seconds to wait for it.',
          zh: '程序仍在运行，产物在结束后可用。请用 wait_seconds 等待。',
        }
      : {
          en: 'Artifacts are named by their paths as execute_code told them: files that the program wrote into its working directory.',
          zh: '产物以 execute_code 返回的路径命名，即程序写入其工作目录的文件。',
        },
  });
}
