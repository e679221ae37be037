import type { LoadedConfig } from '@cloche/core';
import type { RunCopies, RunRequest } from '../../api/runs.ts';
import { chosenValues } from './chosen-values.ts';
import { commandCopy } from './command-copy.ts';
import { mcpCopy } from './mcp-copy.ts';
import { mcpNotes } from './mcp-notes.ts';
import { typescriptCopy } from './typescript-copy.ts';

/** More than this of a text makes nothing that anybody would paste. */
const MOST_CHARACTERS = 1024 * 1024;

/** The same run as others would ask for it. No key is in any of them. */
export function runCopies(given: RunRequest, loaded: LoadedConfig): RunCopies {
  const request = withoutHugeText(given);
  const chosen = chosenValues(loaded);
  return {
    command: commandCopy(request, chosen),
    mcp: mcpCopy(request, chosen),
    mcpNotes: mcpNotes(request, chosen),
    typescript: typescriptCopy(request, chosen),
  };
}

/** Where a text is too long, a word in brackets stands for it, as for the content of files in the call of MCP. */
function withoutHugeText(request: RunRequest): RunRequest {
  const { stdin, arguments: programArguments } = request;
  const inputs = {
    ...(stdin !== undefined && { stdin: shortOr('standard input', stdin) }),
    ...(programArguments !== undefined && {
      arguments: isHuge(programArguments.join('')) ? ['(the arguments)'] : programArguments,
    }),
  };
  return request.kind === 'execute'
    ? { ...request, code: shortOr('program', request.code), ...inputs }
    : { ...request, ...inputs };
}

function shortOr(name: string, text: string): string {
  return isHuge(text) ? `(the ${name})` : text;
}

function isHuge(text: string): boolean {
  return text.length > MOST_CHARACTERS;
}
