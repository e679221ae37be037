import type { LanguageModelMiddleware } from 'ai';
import type { ServiceFacts } from './service-facts.ts';

/**
 * Reads the events as the service sent them, and takes out the warnings about settings: the AI SDK would print them,
 * unless a variable of the whole process forbids it, which is not ours to set.
 */
export function watchStream(facts: ServiceFacts): LanguageModelMiddleware {
  return {
    specificationVersion: 'v4',
    transformParams: ({ params }) => Promise.resolve({ ...params, includeRawChunks: true }),
    async wrapStream({ doStream }) {
      const { stream, ...rest } = await doStream();
      return {
        ...rest,
        stream: stream.pipeThrough(
          new TransformStream({
            transform(part, controller) {
              if (part.type === 'raw') facts.read(part.rawValue);
              else controller.enqueue(part.type === 'stream-start' ? { ...part, warnings: [] } : part);
            },
          }),
        ),
      };
    },
  };
}
