import { ServiceError } from '../http/service-error.ts';
import { describeSandboxListItem } from './describe-sandbox.ts';
import type { SandboxPage, SandboxSurroundings } from './describe-sandbox.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';

const LARGEST_PAGE = 100;

/** The page that a query asks for, the newest sandbox first. */
export function listSandboxes(
  sandboxes: readonly HostedSandbox[],
  query: URLSearchParams,
  surroundings: SandboxSurroundings,
): SandboxPage {
  const limit = readLimit(query.get('limit'));
  const before = readCursor(query.get('cursor'));
  const matches = sandboxes
    .filter((sandbox) => sandbox.sequence < before && isMatch(sandbox, query))
    .toSorted((one, other) => other.sequence - one.sequence);
  const page = matches.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((sandbox) => describeSandboxListItem(sandbox, surroundings)),
    nextCursor: matches.length > limit && last ? cursorOf(last) : null,
  };
}

function isMatch(sandbox: HostedSandbox, query: URLSearchParams): boolean {
  const labels = Object.entries(readLabels(query.get('labels')));
  const states = query.getAll('states').flatMap((names) => names.split(','));
  const snapshots = query.getAll('snapshots').flatMap((names) => names.split(','));
  return (
    startsWith(sandbox.id, query.get('id')) &&
    startsWith(sandbox.name, query.get('name')) &&
    labels.every(([name, value]) => sandbox.labels[name] === value) &&
    (states.length === 0 || states.includes(sandbox.state)) &&
    (snapshots.length === 0 || (sandbox.snapshot !== null && snapshots.includes(sandbox.snapshot)))
  );
}

function startsWith(text: string, prefix: string | null): boolean {
  return prefix === null || text.toLowerCase().startsWith(prefix.toLowerCase());
}

function readLabels(json: string | null): Record<string, string> {
  if (json === null || json === '') return {};
  try {
    return JSON.parse(json) as Record<string, string>;
  } catch {
    throw new ServiceError(400, 'Invalid labels JSON format');
  }
}

function readLimit(text: string | null): number {
  if (text === null) return LARGEST_PAGE;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new ServiceError(400, 'limit must not be less than 1');
  if (limit > LARGEST_PAGE) {
    throw new ServiceError(400, `limit must not be greater than ${LARGEST_PAGE}`);
  }
  return limit;
}

/** A cursor names the last sandbox that was shown, so that a deletion between two pages loses none. */
function cursorOf(sandbox: HostedSandbox): string {
  return Buffer.from(JSON.stringify({ before: sandbox.sequence })).toString('base64url');
}

function readCursor(cursor: string | null): number {
  if (cursor === null || cursor === '') return Infinity;
  try {
    const { before } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { before: number };
    return before;
  } catch {
    throw new ServiceError(400, 'Invalid cursor');
  }
}
