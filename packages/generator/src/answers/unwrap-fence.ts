import { FenceScanner } from './fence-scanner.ts';

/** The program of a string that has a fence of its own around it. */
export function unwrapFence(code: string): string {
  const inner = code.replaceAll('\r\n', '\n').trim();
  if (!/^(?:`{3}|~{3})/u.test(inner)) return code;
  const scanner = new FenceScanner();
  for (const line of inner.split('\n')) scanner.line(line);
  return scanner.finish()[0]?.lines.join('\n') ?? code;
}
