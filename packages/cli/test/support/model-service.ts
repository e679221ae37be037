import { startModelServer } from '@cloche/model-test-server';
import type { ModelReply, ModelServer, ModelServerOptions } from '@cloche/model-test-server';
import { onTestFinished } from 'vitest';

/** A model's API on loopback for the test that calls this; it answers what is scripted, in that order. */
export async function modelService(
  replies: readonly ModelReply[],
  options: ModelServerOptions = {},
): Promise<ModelServer> {
  const server = await startModelServer(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  server.script(replies);
  return server;
}

/** What a person sets for a model on this machine. */
export function modelEnvironment(
  server: ModelServer,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    CLOCHE_GENERATOR_BASE_URL: server.baseUrls.compatible,
    CLOCHE_GENERATOR_MODEL: 'test-model',
    ...more,
  };
}

/** An answer as models give it. */
export function answer(code: string, tag = 'python', words = ''): string {
  return `\`\`\`${tag}\n${code.trimEnd()}\n\`\`\`\n${words}`;
}
