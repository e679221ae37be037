import { ROUTES } from '../../api/http-routes.ts';
import {
  artifactOf,
  cancelRun,
  forgetRun,
  listRuns,
  recordOf,
  startNewRun,
  streamEvents,
} from './run-handlers.ts';
import type { ApiCall, ApiContext } from './api-context.ts';
import { showExecutors } from './executor-handlers.ts';
import { invite } from './invitation-handlers.ts';
import { listModels } from './model-handlers.ts';
import { changeSettings, showSettings } from './settings-handlers.ts';

export type Handler = (context: ApiContext, call: ApiCall) => Promise<void>;

interface Route {
  readonly pattern: RegExp;
  readonly methods: Readonly<Partial<Record<'GET' | 'POST' | 'PATCH' | 'DELETE', Handler>>>;
}

const RUN = `${ROUTES.runs}/(?<id>[\\da-f]{1,64})`;

/** Everything behind a token. */
export const API_ROUTES: readonly Route[] = [
  { pattern: exactly(ROUTES.invitations), methods: { POST: invite } },
  { pattern: exactly(ROUTES.settings), methods: { GET: showSettings, PATCH: changeSettings } },
  { pattern: exactly(ROUTES.executors), methods: { GET: showExecutors } },
  { pattern: exactly(ROUTES.models), methods: { GET: listModels } },
  { pattern: exactly(ROUTES.runs), methods: { GET: listRuns, POST: startNewRun } },
  { pattern: exactly(RUN), methods: { GET: recordOf, DELETE: forgetRun } },
  { pattern: exactly(`${RUN}/cancel`), methods: { POST: cancelRun } },
  { pattern: exactly(`${RUN}/events`), methods: { GET: streamEvents } },
  { pattern: exactly(`${RUN}/artifacts/(?<path>[^/]+)`), methods: { GET: artifactOf } },
];

function exactly(path: string): RegExp {
  return new RegExp(`^${path}$`, 'u');
}
