import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';

export async function sendAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  const { body } = answer;
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (body.kind === 'stream') {
    response.setHeader('Content-Type', body.contentType);
    // The client is told of a break by a body that ends too early; nobody else is there to be told.
    await pipeline(body.stream, response).catch(() => response.destroy());
    return;
  }
  const bytes = bytesOf(body);
  if (body.kind !== 'empty') response.setHeader('Content-Type', contentTypeOf(body));
  // A 204 has no length.
  if (answer.status !== 204) response.setHeader('Content-Length', bytes.byteLength);
  response.end(bytes);
}

type WholeBody = Exclude<Answer['body'], { readonly kind: 'stream' }>;

function bytesOf(body: WholeBody): Buffer {
  if (body.kind === 'empty') return Buffer.alloc(0);
  return Buffer.from(body.kind === 'json' ? JSON.stringify(body.value) : body.text);
}

function contentTypeOf(body: Exclude<WholeBody, { readonly kind: 'empty' }>): string {
  return body.kind === 'json' ? 'application/json; charset=utf-8' : body.contentType;
}
