import { describe, expect, test } from 'vitest';
import { CLIENT_PLATFORMS } from '../../src/commands/mcp/clients/client-definition.ts';
import { CLIENTS } from '../../src/commands/mcp/clients/client-table.ts';
import type { PlaceSurroundings } from '../../src/commands/mcp/clients/expand-place.ts';
import { expandPlace } from '../../src/commands/mcp/clients/expand-place.ts';
import { isClientFound, userFile } from '../../src/commands/mcp/clients/find-client.ts';
import { plant, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

const HOME = '/home/x';

/** Where each client looks, from the home directory. */
const FILES: Readonly<Record<string, readonly [linux: string, darwin: string, win32: string]>> = {
  'claude-code': ['.claude.json', '.claude.json', '.claude.json'],
  'claude-desktop': [
    '.config/Claude/claude_desktop_config.json',
    'Library/Application Support/Claude/claude_desktop_config.json',
    'AppData/Roaming/Claude/claude_desktop_config.json',
  ],
  cursor: ['.cursor/mcp.json', '.cursor/mcp.json', '.cursor/mcp.json'],
  vscode: [
    '.config/Code/User/mcp.json',
    'Library/Application Support/Code/User/mcp.json',
    'AppData/Roaming/Code/User/mcp.json',
  ],
  'vscode-insiders': [
    '.config/Code - Insiders/User/mcp.json',
    'Library/Application Support/Code - Insiders/User/mcp.json',
    'AppData/Roaming/Code - Insiders/User/mcp.json',
  ],
  windsurf: [
    '.codeium/windsurf/mcp_config.json',
    '.codeium/windsurf/mcp_config.json',
    '.codeium/windsurf/mcp_config.json',
  ],
  devin: [
    '.config/devin/mcp_config.json',
    '.config/devin/mcp_config.json',
    'AppData/Roaming/devin/mcp_config.json',
  ],
  codex: ['.codex/config.toml', '.codex/config.toml', '.codex/config.toml'],
  gemini: ['.gemini/settings.json', '.gemini/settings.json', '.gemini/settings.json'],
  zed: ['.config/zed/settings.json', '.config/zed/settings.json', 'AppData/Roaming/Zed/settings.json'],
};

/** What moves a file, by client and system. */
const VARIABLES = [
  ['claude-code', 'linux', 'CLAUDE_CONFIG_DIR', '.claude.json'],
  ['codex', 'darwin', 'CODEX_HOME', 'config.toml'],
  ['vscode', 'linux', 'XDG_CONFIG_HOME', 'Code/User/mcp.json'],
  ['claude-desktop', 'win32', 'APPDATA', 'Claude/claude_desktop_config.json'],
  ['zed', 'linux', 'XDG_CONFIG_HOME', 'zed/settings.json'],
  ['gemini', 'linux', 'GEMINI_CLI_HOME', '.gemini/settings.json'],
  ['devin', 'win32', 'APPDATA', 'devin/mcp_config.json'],
  ['zed', 'win32', 'APPDATA', 'Zed/settings.json'],
] as const;

function fileOf(name: string, surroundings: Partial<PlaceSurroundings> = {}): Promise<string> {
  const client = CLIENTS.find((candidate) => candidate.name === name);
  if (client === undefined) throw new Error(name);
  const usual = { environment: {}, homeDirectory: HOME, platform: 'linux' } as const;
  return userFile(client, { ...usual, ...surroundings });
}

test('every client of the table has its place here', () => {
  expect(CLIENTS.map(({ name }) => name)).toEqual(Object.keys(FILES));
});

describe.each(CLIENT_PLATFORMS)('on %s', (platform) => {
  test.each(Object.entries(FILES))('%s has its file', async (name, places) => {
    const expected = places[CLIENT_PLATFORMS.indexOf(platform)] ?? '';
    expect(await fileOf(name, { platform })).toBe(`${HOME}/${expected}`);
  });

  test.each(CLIENTS)('$name is found by its traces, and not before', async (client) => {
    const homeDirectory = temporaryDirectoryOfTest();
    const surroundings = { environment: {}, homeDirectory, platform };
    expect(await isClientFound(client, surroundings)).toBe(false);
    const traces = client.traces.map((place) => expandPlace(place, surroundings));
    const trace = traces.find((path) => path !== null);
    plant('', trace ?? '', '');
    expect(await isClientFound(client, surroundings)).toBe(true);
  });
});

test.each(VARIABLES)('%s on %s follows %s', async (name, platform, variable, rest) => {
  const moved = { platform, environment: { [variable]: '/elsewhere' } };
  expect(await fileOf(name, moved)).toBe(`/elsewhere/${rest}`);
  const unclear = { platform, environment: { [variable]: 'not/absolute' } };
  expect(await fileOf(name, unclear)).toBe(await fileOf(name, { platform }));
});

test('a system that the table does not know is like Linux', async () => {
  expect(await fileOf('zed', { platform: 'freebsd' })).toBe(`${HOME}/.config/zed/settings.json`);
});

test('Claude Desktop as a package of Windows has a file of its own, where that is installed', async () => {
  const homeDirectory = temporaryDirectoryOfTest();
  const surroundings = { homeDirectory, platform: 'win32' } as const;
  const place = 'AppData/Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude';
  plant(homeDirectory, `${place}/config.json`, '{}');
  plant(homeDirectory, 'AppData/Roaming/Claude/claude_desktop_config.json', '{}');
  expect(await fileOf('claude-desktop', surroundings)).toBe(
    `${homeDirectory}/${place}/claude_desktop_config.json`,
  );
  expect(await fileOf('claude-desktop', { ...surroundings, platform: 'darwin' })).toContain('Library');
});
