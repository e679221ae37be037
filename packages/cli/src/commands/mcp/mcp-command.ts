import { readServerOptions, runMcpServer } from '@cloche/mcp-server/command';
import manifest from '../../../package.json' with { type: 'json' };
import type { CommandFunction } from '../../program/command-definition.ts';

/** `cloche mcp`: serves until its client has gone or a signal ends it. */
export const mcpCommand: CommandFunction = (_words, options, surroundings) =>
  runMcpServer({ options: readServerOptions(options), surroundings, version: manifest.version });
