import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { controlErrorBody } from '../control/control-error-body.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import { spoilAnswer } from '../faults/spoil-answer.ts';
import { toolboxErrorBody } from '../toolbox/toolbox-error-body.ts';
import { answerJson, answerNothing, answerText } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { DASHBOARD_PAGE } from './pages.ts';
import type { RequestLog } from './request-log.ts';
import { matchRoute } from './route.ts';
import type { Route, RouteMatch } from './route.ts';
import { sendAnswer } from './send-answer.ts';
import { ServiceError } from './service-error.ts';

export interface Service {
  readonly routes: readonly Route[];
  readonly apiKey: string;
  readonly permissions: readonly string[];
  readonly log: RequestLog;
  readonly faults: FaultBook;
}

/**
 * Where the SDK looks for a web socket, beside its requests and at times of its own: neither recorded nor struck by
 * faults, which would make both uncertain. Where there is none, it asks for states.
 */
const EVENTS_PATH = '/api/socket.io';

/** What the control API says to a status, where a fault gives no words of its own. */
const MESSAGES: Readonly<Record<number, string>> = {
  401: 'Invalid credentials',
  403: 'Forbidden resource',
  409: 'Sandbox state change in progress',
  429: 'ThrottlerException: Too Many Requests',
  500: 'An unexpected error occurred.',
};

/** Answers one request, by its route or by the fault that it meets. */
export async function serve(
  service: Service,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  if (isOf(EVENTS_PATH, url.pathname)) return sendAnswer(response, answerNothing(404));
  const match = matchRoute(service.routes, message.method ?? 'GET', url.pathname);
  const operation = match?.route.operation ?? 'unknown';
  service.log.record(operation, url.pathname, message, response);
  const fault = service.faults.strike(operation);
  const answer = isCarriedOut(fault) ? await answerTo(service, match, url, message) : null;
  // The client may have gone while its answer was worked out.
  if (response.destroyed) return;
  const errorFor = (status: number): Answer =>
    describeError(
      new ServiceError(status, MESSAGES[status] ?? STATUS_CODES[status] ?? 'Error'),
      url,
      message,
    );
  if (fault) await spoilAnswer(fault.answer, { message, response, answer, errorFor });
  else if (answer) await sendAnswer(response, answer);
}

function isCarriedOut(fault: Fault | null): boolean {
  if (fault === null || fault.isCarriedOut === true) return true;
  return typeof fault.answer === 'object' && 'delayMs' in fault.answer;
}

async function answerTo(
  service: Service,
  match: RouteMatch | null,
  url: URL,
  message: IncomingMessage,
): Promise<Answer> {
  const exchange: Exchange = {
    method: message.method ?? 'GET',
    url: message.url ?? '/',
    query: url.searchParams,
    parameters: match?.parameters ?? {},
    message,
  };
  try {
    if (!match) return answerToUnknown(exchange, url);
    checkKey(service, match.route, url, message.headers.authorization);
    return await match.route.handle(exchange);
  } catch (error) {
    message.resume();
    if (error instanceof ServiceError) return describeError(error, url, message);
    process.emitWarning(error instanceof Error ? error : String(error));
    return describeError(new ServiceError(500, 'An unexpected error occurred.'), url, message);
  }
}

/** Outside of the API there is the dashboard, for every path. */
function answerToUnknown({ method, url, message }: Exchange, { pathname }: URL): Answer {
  message.resume();
  if (isOf('/toolbox', pathname)) throw new ServiceError(404, '404 page not found', 'NOT_FOUND');
  if (isOf('/api', pathname)) throw new ServiceError(404, `Cannot ${method} ${url}`);
  return answerText(DASHBOARD_PAGE, 'text/html; charset=utf-8');
}

function checkKey(
  { apiKey, permissions }: Service,
  route: Route,
  { pathname }: URL,
  authorization: string | undefined,
): void {
  if (authorization !== `Bearer ${apiKey}`) {
    throw isOf('/toolbox', pathname)
      ? new ServiceError(401, 'unauthorized: authentication failed: Bearer token is invalid', 'UNAUTHORIZED')
      : new ServiceError(401, 'Invalid credentials');
  }
  if (route.permission !== null && !permissions.includes(route.permission)) {
    throw new ServiceError(403, 'Forbidden resource');
  }
}

function describeError(error: ServiceError, { pathname, search }: URL, { method }: IncomingMessage): Answer {
  const body = isOf('/toolbox', pathname)
    ? toolboxErrorBody(error, method ?? 'GET', toolboxPath(pathname))
    : controlErrorBody(error.status, error.message, `${pathname}${search}`);
  return answerJson(body, error.status);
}

function isOf(prefix: string, pathname: string): boolean {
  return pathname === prefix || pathname.startsWith(`${prefix}/`);
}

/** As the daemon in the sandbox sees it: what leads to the sandbox is not part of it. */
function toolboxPath(pathname: string): string {
  return pathname.replace(/^\/toolbox\/[^/]+/, '') || '/';
}
