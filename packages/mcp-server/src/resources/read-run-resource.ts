import type { ReadResourceResult } from '@modelcontextprotocol/server';
import { ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { Locale } from '@cloche/core/executor';
import { base64 } from '../results/artifact-content.ts';
import { fitHead } from '../results/fit-text.ts';
import { runFacts } from '../results/run-facts.ts';
import type { Run } from '../runs/run.ts';
import type { RunAddress } from './run-uri.ts';

/** A message of the protocol may have 10 MiB in the clients that are known. */
const TEXT_CHARACTERS = 4 * 1024 * 1024;
const BLOB_BYTES = 6 * 1024 * 1024;

/** A part of a run as a resource; cut, and saying so in `_meta`, where it is too large for one message. */
export async function readRunResource(
  run: Run,
  { part }: RunAddress,
  uri: string,
  locale: Locale,
): Promise<ReadResourceResult> {
  if (part.kind === 'result') return { contents: [resultContent(run, uri, locale)] };
  if (part.kind === 'stream') {
    const stream = run.streams[part.name];
    const bytes = await stream.read(0, TEXT_CHARACTERS);
    const isWhole = bytes.length === stream.byteCount && run.state !== 'running';
    const { text, byteCount } = fitHead(bytes, TEXT_CHARACTERS, isWhole);
    const meta = cutMeta(byteCount, stream.byteCount);
    return { contents: [{ uri, mimeType: 'text/plain', text, ...meta }] };
  }
  const artifact = run.artifacts.find(part.path);
  if (artifact === null) throw new ResourceNotFoundError(uri);
  const { byteCount: total, mediaType: mimeType, isText } = artifact;
  const bytes = await run.artifacts.read(artifact, 0, isText ? TEXT_CHARACTERS : BLOB_BYTES);
  if (!isText) return { contents: [{ uri, mimeType, blob: base64(bytes), ...cutMeta(bytes.length, total) }] };
  const { text, byteCount } = fitHead(bytes, TEXT_CHARACTERS, bytes.length === total);
  return { contents: [{ uri, mimeType, text, ...cutMeta(byteCount, total) }] };
}

function resultContent(run: Run, uri: string, locale: Locale): ReadResourceResult['contents'][number] {
  if (run.failure !== null) {
    return { uri, mimeType: 'application/json', text: JSON.stringify(run.failure.toJSON()) };
  }
  return { uri, mimeType: 'application/json', text: JSON.stringify(runFacts(run, locale)) };
}

function cutMeta(shownBytes: number, totalBytes: number): { readonly _meta?: Record<string, unknown> } {
  if (shownBytes === totalBytes) return {};
  return {
    _meta: { 'cloche/truncated': true, 'cloche/shownBytes': shownBytes, 'cloche/totalBytes': totalBytes },
  };
}
