import { badRequest } from './request-refused.ts';

/** `?NAME=1` or `?NAME=0`. Null: it was not given. @throws RequestRefused 400 for anything else */
export function queryFlag(query: URLSearchParams, name: string): boolean | null {
  const value = query.get(name);
  if (value === null) return null;
  if (value === '0' || value === '1') return value === '1';
  throw badRequest(`"${name}" must be 0 or 1.`, `"${name}" 必须是 0 或 1。`);
}
