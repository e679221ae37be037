import type { ReadResourceResult } from '@modelcontextprotocol/server';
import { ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { Locale } from '@cloche/core/executor';
import { base64 } from '../results/base64.ts';
import { fitHead } from '../results/fit-text.ts';
import { runFacts } from '../results/run-facts.ts';
import type { Run } from '../runs/run.ts';
import type { RunAddress } from './run-uri.ts';
import { uriFrom } from './run-uri.ts';

/** A message of the protocol may have 10 MiB in the clients that are known. */
const TEXT_CHARACTERS = 4 * 1024 * 1024;
const BLOB_BYTES = 6 * 1024 * 1024;

/**
 * A part of a run as a resource; cut where it is too large for one message, and then `_meta` says so, with the address
 * of what follows: whoever goes on there has the whole.
 */
export async function readRunResource(
  run: Run,
  { part, offset }: RunAddress,
  uri: string,
  locale: Locale,
): Promise<ReadResourceResult> {
  if (part.kind === 'result') return { contents: [resultContent(run, uri, locale)] };
  if (part.kind === 'stream') {
    const stream = run.streams[part.name];
    const from = Math.min(offset, stream.keptBytes);
    const bytes = await stream.read(from, TEXT_CHARACTERS);
    const isEnd = from + bytes.length === stream.byteCount && run.state !== 'running';
    const { text, byteCount } = fitHead(bytes, TEXT_CHARACTERS, isEnd);
    const shown = { uri, from, byteCount, keptBytes: stream.keptBytes, totalBytes: stream.byteCount };
    return { contents: [{ uri, mimeType: 'text/plain', text, ...cutMeta(shown) }] };
  }
  const artifact = run.artifacts.find(part.path);
  if (artifact === null) throw new ResourceNotFoundError(uri);
  const { byteCount: total, mediaType: mimeType, isText } = artifact;
  const from = Math.min(offset, total);
  const bytes = await run.artifacts.read(artifact, from, isText ? TEXT_CHARACTERS : BLOB_BYTES);
  const shown = { uri, from, byteCount: bytes.length, keptBytes: total, totalBytes: total };
  if (!isText) return { contents: [{ uri, mimeType, blob: base64(bytes), ...cutMeta(shown) }] };
  const { text, byteCount } = fitHead(bytes, TEXT_CHARACTERS, from + bytes.length === total);
  return { contents: [{ uri, mimeType, text, ...cutMeta({ ...shown, byteCount }) }] };
}

function resultContent(run: Run, uri: string, locale: Locale): ReadResourceResult['contents'][number] {
  if (run.failure !== null) {
    return { uri, mimeType: 'application/json', text: JSON.stringify(run.failure.toJSON()) };
  }
  return { uri, mimeType: 'application/json', text: JSON.stringify(runFacts(run, locale)) };
}

interface ShownPart {
  readonly uri: string;
  readonly from: number;
  readonly byteCount: number;
  readonly keptBytes: number;
  readonly totalBytes: number;
}

function cutMeta({ uri, from, byteCount, keptBytes, totalBytes }: ShownPart): {
  readonly _meta?: Record<string, unknown>;
} {
  if (byteCount === totalBytes) return {};
  const next = from + byteCount;
  return {
    _meta: {
      'cloche/truncated': next < totalBytes,
      'cloche/offset': from,
      'cloche/shownBytes': byteCount,
      'cloche/totalBytes': totalBytes,
      ...(next < keptBytes && { 'cloche/next': uriFrom(uri, next) }),
    },
  };
}
