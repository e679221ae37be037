import type { ModernCall } from './modern-call.ts';

/** The bytes of a call, as no well-behaved client would let anybody write them: with header lines of one's own. */
export function rawCall({ method, headers, body }: ModernCall, lines: readonly string[] = []): string {
  return [
    `${method} /mcp HTTP/1.1`,
    ...(lines.some((line) => /^host:/iu.test(line)) ? [] : ['Host: localhost']),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(lines.some((line) => /^(?:content-length|transfer-encoding):/iu.test(line))
      ? []
      : [`Content-Length: ${Buffer.byteLength(body)}`]),
    ...lines,
    '',
    body,
  ].join('\r\n');
}
