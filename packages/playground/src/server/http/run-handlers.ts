import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { runRoute } from '../../api/http-routes.ts';
import { runCopies } from '../copies/run-copies.ts';
import { parseRunRequest } from '../runs/parse-run-request.ts';
import type { PlaygroundRun } from '../runs/playground-run.ts';
import { startRun } from '../runs/start-run.ts';
import type { ApiCall, ApiContext } from './api-context.ts';
import { apiErrorOf } from './api-error.ts';
import { queryFlag } from './query-flag.ts';
import { readJsonBody } from './read-body.ts';
import { badRequest, notFound } from './request-refused.ts';
import { COMMON_HEADERS, INERT_POLICY } from './security-headers.ts';
import { sendJson, sendNothing } from './send-json.ts';

const PIECE_BYTES = 256 * 1024;

export async function listRuns({ registry }: ApiContext, { response }: ApiCall): Promise<void> {
  sendJson(response, 200, { runs: registry.list() });
}

export async function startNewRun(context: ApiContext, call: ApiCall): Promise<void> {
  const { registry, runners, config, generation, limits } = context;
  const request = parseRunRequest(await readJsonBody(call.request, limits.runBodyBytes));
  const loaded = await config.load();
  const run = await registry.start(
    request,
    runCopies(request, loaded),
    (error) => apiErrorOf(error, call.locale, (text) => config.redact(text)),
    async (signal) => {
      const { runner, release } = runners.lease(loaded);
      try {
        return { source: await startRun({ request, loaded, runner, generation, signal }), release };
      } catch (error) {
        release();
        throw error;
      }
    },
  );
  sendJson(call.response, 201, run.summary(), { Location: runRoute(run.id) });
}

export async function recordOf(context: ApiContext, call: ApiCall): Promise<void> {
  sendJson(call.response, 200, await runOf(context, call).record());
}

export async function forgetRun(context: ApiContext, call: ApiCall): Promise<void> {
  context.registry.forget(runOf(context, call));
  sendNothing(call.response);
}

export async function cancelRun(context: ApiContext, call: ApiCall): Promise<void> {
  runOf(context, call).cancel();
  sendNothing(call.response);
}

export async function streamEvents(context: ApiContext, call: ApiCall): Promise<void> {
  const run = runOf(context, call);
  const after = call.query.get('after') ?? '0';
  if (!/^\d{1,15}$/u.test(after)) throw badRequest('"after" must be a number.', '"after" 必须是数字。');
  const isDetached = queryFlag(call.query, 'detached');
  const waits = queryFlag(call.query, 'wait') ?? true;
  const leave = context.readers.enter(run, isDetached === null ? null : !isDetached);
  const ending = await context.streams.send({
    journal: run.journal,
    response: call.response,
    after: Number(after),
    waits,
    signal: call.signal,
  });
  leave(ending === 'sent-away');
}

export async function artifactOf(context: ApiContext, call: ApiCall): Promise<void> {
  const { artifacts } = runOf(context, call);
  const path = decoded(call.parts['path'] ?? '');
  const artifact = artifacts.find(path);
  if (artifact === null) throw notFound();
  const { response, signal } = call;
  response.writeHead(200, {
    ...COMMON_HEADERS,
    'Content-Security-Policy': INERT_POLICY,
    'Content-Type': 'application/octet-stream',
    'Content-Length': artifact.byteCount,
    'Content-Disposition': `attachment; filename*=UTF-8''${fileNameOf(path)}`,
    'Cache-Control': 'no-store',
  });
  await copy(response, signal, (offset) => artifacts.read(path, offset, PIECE_BYTES));
}

/** @throws RequestRefused 404 */
function runOf({ registry }: ApiContext, { parts }: ApiCall): PlaygroundRun {
  return registry.find(parts['id'] ?? '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}

/** The last part of the path, for a header: a browser makes a name of the system's of it. */
function fileNameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\\:]/gu, '_');
  return encodeURIComponent(name).replaceAll(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}

async function copy(
  response: ServerResponse,
  signal: AbortSignal,
  read: (offset: number) => Promise<Uint8Array>,
): Promise<void> {
  for (let offset = 0; ;) {
    const bytes = await read(offset);
    if (bytes.length === 0 || signal.aborted) break;
    offset += bytes.length;
    if (!response.write(bytes)) await once(response, 'drain', { signal });
  }
  response.end();
}
