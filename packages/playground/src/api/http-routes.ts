// What the page and its server say to each other. Every request but the page's own files carries
// `Authorization: Bearer TOKEN`; every body is JSON. docs/playground-api.md tells it in words.

/** For the ticket in the opened address: a token for the page's memory. */
export interface SessionOpened {
  readonly token: string;
  /** Stands in the address from now on, so that a reload finds its way; good once. */
  readonly nextTicket: string;
  /** Changes with each start of the server. */
  readonly serverId: string;
  readonly version: string;
  /** With what the page can tell, after a while without answers, that it is this user's server which answers again. */
  readonly proof: ProofSecret;
}

/** Of one session. The page asks {@link ROUTES.identity} before it sends its token to whoever listens there now. */
export interface ProofSecret {
  readonly id: string;
  /** Base64url of the key of HMAC-SHA256 over the challenge. */
  readonly key: string;
}

/** What only a server of this user can answer. */
export interface Identity {
  /** Base64url: HMAC-SHA256 of the challenge's characters. */
  readonly proof: string;
  readonly serverId: string;
}

/** For another tab. */
export interface Invitation {
  readonly ticket: string;
}

export const ROUTES = {
  /** POST, with a ticket as the bearer token: {@link SessionOpened}. */
  sessions: '/api/sessions',
  /** GET without a token, with `?session=ID&challenge=TEXT` (16 to 128 characters of base64url): {@link Identity}. */
  identity: '/api/identity',
  /** POST: {@link Invitation}. */
  invitations: '/api/invitations',
  /** GET, PATCH: `Settings`. */
  settings: '/api/settings',
  /** GET: `{ executors: ExecutorHealth[] }`; with `?fresh=1` looked at anew. */
  executors: '/api/executors',
  /** GET: `{ models: string[] }` that the generator's service lists. */
  models: '/api/models',
  /** GET: `{ runs: RunSummary[] }`, newest first. POST of a `RunRequest`: 201 and `RunSummary`. */
  runs: '/api/runs',
} as const;

/** Of one run: GET its `RunRecord`, DELETE forgets it, and ends it where it runs. */
export const runRoute = (id: string): string => `${ROUTES.runs}/${id}`;
/** POST: ends it; its last event says so. */
export const cancelRoute = (id: string): string => `${runRoute(id)}/cancel`;
/**
 * GET: server-sent events, each a `RunEvent` in `data` under its number in `id`; `?after=N` goes on behind that one.
 * `?detached=0` ends the run when nobody reads it any more; `?detached=1` takes that back.
 * `?wait=0` ends with what there is.
 */
export const eventsRoute = (id: string): string => `${runRoute(id)}/events`;
/** GET: the bytes, as a download that no browser interprets. */
export const artifactRoute = (id: string, path: string): string =>
  `${runRoute(id)}/artifacts/${encodeURIComponent(path)}`;
