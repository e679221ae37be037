import type { ApiCall, ApiContext } from './api-context.ts';
import { sendJson } from './send-json.ts';

export async function listModels(context: ApiContext, { response, signal }: ApiCall): Promise<void> {
  const { config } = await context.config.load();
  sendJson(response, 200, { models: await context.generation.listModels(config, signal) });
}
