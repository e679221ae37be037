import type { LocalizedText } from '@cloche/core/executor';
import { print, printJson } from '../../output/print-output.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { clientStates } from './clients/client-states.ts';
import { formatClients } from './clients/format-clients.ts';

const HOW_TO: LocalizedText = {
  en: 'Set one up: cloche mcp install --client NAME',
  zh: '配置客户端：cloche mcp install --client NAME',
};

/** `cloche mcp clients`: which are here, and which of them know of Cloche. */
export const mcpClientsCommand: CommandFunction = async (_words, options, context) => {
  const states = await clientStates(context, options.text('name'));
  if (options.isSet('json')) {
    printJson(states.map(({ problem, ...state }) => ({ ...state, problem: problem?.en ?? null })));
    return 0;
  }
  print(formatClients(states, context.locale));
  context.messages.hint(HOW_TO);
  return 0;
};
