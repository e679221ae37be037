import { isUtf8 } from 'node:buffer';
import type { RunFile, RunRequest } from '../../api/runs.ts';
import type { ChosenValues } from './chosen-values.ts';

/** More than this of files makes nothing that anybody would paste. */
const MOST_FILE_CHARACTERS = 1024 * 1024;

/** Name and arguments of a tool of Cloche's MCP server, as a client sends them in `tools/call`. */
export function mcpCopy(request: RunRequest, chosen: ChosenValues): string {
  const timeout =
    chosen.timeoutMs === undefined ? {} : { timeout_seconds: Math.max(1, chosen.timeoutMs / 1000) };
  const call =
    request.kind === 'generate'
      ? {
          name: 'generate_code',
          arguments: {
            requirement: request.requirement,
            ...(request.language !== null && { language: request.language }),
            ...contextOf(request.files),
            ...(chosen.maximumAttempts !== undefined && { max_attempts: chosen.maximumAttempts }),
          },
        }
      : {
          name: 'execute_code',
          arguments: {
            language: request.language,
            code: request.code,
            ...(request.stdin !== undefined && { stdin: request.stdin }),
            ...(request.arguments !== undefined &&
              request.arguments.length > 0 && { args: request.arguments }),
            ...filesOf(request.files),
            ...timeout,
            ...(chosen.network !== undefined && { network: chosen.network }),
          },
        };
  return JSON.stringify(call, null, 2);
}

function filesOf(files: readonly RunFile[] = []): { readonly files?: readonly unknown[] } {
  if (files.length === 0) return {};
  const isTooMuch = isTooLarge(files);
  return {
    files: files.map(({ path, content }) => {
      if (isTooMuch) return { path, content: `(the content of ${path})` };
      const bytes = Buffer.from(content, 'base64');
      return isUtf8(bytes)
        ? { path, content: bytes.toString('utf8') }
        : { path, content, encoding: 'base64' };
    }),
  };
}

function contextOf(files: readonly RunFile[] = []): { readonly context?: readonly unknown[] } {
  if (files.length === 0) return {};
  const isTooMuch = isTooLarge(files);
  return {
    context: files.map(({ path, content }) => ({
      path,
      content: isTooMuch ? `(the content of ${path})` : Buffer.from(content, 'base64').toString('utf8'),
    })),
  };
}

function isTooLarge(files: readonly RunFile[]): boolean {
  return files.reduce((sum, { content }) => sum + content.length, 0) > MOST_FILE_CHARACTERS;
}
