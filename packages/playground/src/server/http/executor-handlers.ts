import type { ApiCall, ApiContext } from './api-context.ts';
import { queryFlag } from './query-flag.ts';
import { sendJson } from './send-json.ts';

export async function showExecutors(context: ApiContext, { response, query }: ApiCall): Promise<void> {
  const isFresh = queryFlag(query, 'fresh') ?? false;
  const { runner, release } = context.runners.lease(await context.config.load());
  try {
    sendJson(response, 200, { executors: await context.inspection.inspect(runner, isFresh) });
  } finally {
    release();
  }
}
