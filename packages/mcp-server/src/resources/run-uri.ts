import type { StreamName } from '../runs/stream-name.ts';
import { STREAM_NAMES } from '../runs/stream-name.ts';

export const RESULT_PART = 'result';

/** What stands behind a URI of a run. */
export type RunPart =
  | { readonly kind: 'stream'; readonly name: StreamName }
  | { readonly kind: 'result' }
  | { readonly kind: 'artifact'; readonly path: string };

export interface RunAddress {
  readonly runId: string;
  readonly part: RunPart;
  /** Bytes; of the result it is of no use. */
  readonly offset: number;
}

const RUN_URI = /^cloche:\/\/runs\/(?<runId>[\da-f]{32})\/(?<rest>[^?#]+)(?:\?offset=(?<from>\d{1,12}))?$/u;
const ARTIFACT_PREFIX = 'artifacts/';

export const RUN_URI_TEMPLATES = {
  part: 'cloche://runs/{run_id}/{part}{?offset}',
  artifact: 'cloche://runs/{run_id}/artifacts/{+path}{?offset}',
} as const;

export function runUri(runId: string, part: StreamName | typeof RESULT_PART): string {
  return `cloche://runs/${runId}/${part}`;
}

export function artifactUri(runId: string, path: string): string {
  return `cloche://runs/${runId}/artifacts/${path.toWellFormed().split('/').map(encodeURIComponent).join('/')}`;
}

/** What is behind the first `offset` bytes of the same. */
export function uriFrom(uri: string, offset: number): string {
  return `${uri.split('?', 1)[0] ?? uri}?offset=${offset}`;
}

/** Null where it is none of ours. */
export function parseRunUri(uri: string): RunAddress | null {
  const { runId, rest, from = '0' } = RUN_URI.exec(uri)?.groups ?? {};
  if (runId === undefined || rest === undefined) return null;
  const offset = Number(from);
  if (rest === RESULT_PART) return { runId, offset, part: { kind: 'result' } };
  const name = STREAM_NAMES.find((stream) => stream === rest);
  if (name !== undefined) return { runId, offset, part: { kind: 'stream', name } };
  if (!rest.startsWith(ARTIFACT_PREFIX)) return null;
  const path = decode(rest.slice(ARTIFACT_PREFIX.length));
  return path === null ? null : { runId, offset, part: { kind: 'artifact', path } };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
