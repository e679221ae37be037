import type { LiveEndpoint } from './live-endpoint.ts';

/** The endpoint that the suite is also run against, where somebody has one. */
export function liveEndpoint(): LiveEndpoint | null {
  const baseUrl = process.env['CLOCHE_TEST_LLM_BASE_URL'] ?? '';
  if (baseUrl === '') return null;
  const model = process.env['CLOCHE_TEST_LLM_MODEL'] ?? '';
  const apiKey = process.env['CLOCHE_TEST_LLM_KEY'] ?? '';
  return { baseUrl, model: model === '' ? null : model, apiKey: apiKey === '' ? null : apiKey };
}
