import { STREAM_NAMES } from '../runs/run.ts';
import type { StreamName } from '../runs/run.ts';

export const RESULT_PART = 'result';

/** What stands behind a URI of a run. */
export type RunPart =
  | { readonly kind: 'stream'; readonly name: StreamName }
  | { readonly kind: 'result' }
  | { readonly kind: 'artifact'; readonly path: string };

export interface RunAddress {
  readonly runId: string;
  readonly part: RunPart;
}

const RUN_URI = /^cloche:\/\/runs\/(?<runId>[\da-f]{32})\/(?<rest>[^?#]+)$/u;
const ARTIFACT_PREFIX = 'artifacts/';

export const RUN_URI_TEMPLATES = {
  part: 'cloche://runs/{run_id}/{part}',
  artifact: 'cloche://runs/{run_id}/artifacts/{+path}',
} as const;

export function runUri(runId: string, part: StreamName | typeof RESULT_PART): string {
  return `cloche://runs/${runId}/${part}`;
}

export function artifactUri(runId: string, path: string): string {
  return `cloche://runs/${runId}/artifacts/${path.toWellFormed().split('/').map(encodeURIComponent).join('/')}`;
}

/** Null where it is none of ours. */
export function parseRunUri(uri: string): RunAddress | null {
  const { runId, rest } = RUN_URI.exec(uri)?.groups ?? {};
  if (runId === undefined || rest === undefined) return null;
  if (rest === RESULT_PART) return { runId, part: { kind: 'result' } };
  const name = STREAM_NAMES.find((stream) => stream === rest);
  if (name !== undefined) return { runId, part: { kind: 'stream', name } };
  if (!rest.startsWith(ARTIFACT_PREFIX)) return null;
  const path = decode(rest.slice(ARTIFACT_PREFIX.length));
  return path === null ? null : { runId, part: { kind: 'artifact', path } };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
