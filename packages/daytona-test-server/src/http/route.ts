import type { Operation } from '../operation.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

export interface Route {
  readonly operation: Operation;
  readonly method: string;
  /** Segments; `:name` stands for any one. */
  readonly pattern: string;
  /** What the key must be allowed to do; null: nothing in particular. */
  readonly permission: string | null;
  readonly handle: (exchange: Exchange) => Answer | Promise<Answer>;
}

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | null {
  const segments = segmentsOf(path);
  for (const route of routes) {
    if (route.method !== method) continue;
    const parameters = matchSegments(segmentsOf(route.pattern), segments);
    if (parameters !== null) return { route, parameters };
  }
  return null;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith(':')) parameters[expected.slice(1)] = decodeURIComponent(segment);
    else if (expected !== segment) return null;
  }
  return parameters;
}
