import type { ClientDefinition, ClientPlace } from './client-definition.ts';

/** The same below the home directory of every system. */
function everywhere(place: string): ClientPlace {
  return { linux: place, darwin: place, win32: place };
}

/** Where Electron keeps an application's files (`app.getPath('userData')`), which VS Code and Claude Desktop build on. */
function electron(path: string): ClientPlace {
  return {
    linux: `\${XDG_CONFIG_HOME:-~/.config}/${path}`,
    darwin: `~/Library/Application Support/${path}`,
    win32: `\${APPDATA:-~/AppData/Roaming}/${path}`,
  };
}

/** Every client that `cloche mcp install` knows, by name. Each fact was read in November 2026 at the page above it. */
export const CLIENTS: readonly ClientDefinition[] = [
  // https://code.claude.com/docs/en/mcp: user scope is mcpServers at the top of ~/.claude.json, project scope .mcp.json.
  // https://code.claude.com/docs/en/env-vars: CLAUDE_CONFIG_DIR moves both the directory and the file.
  {
    name: 'claude-code',
    displayName: 'Claude Code',
    format: 'json',
    serversKey: 'mcpServers',
    extra: { type: 'stdio' },
    userFile: everywhere('${CLAUDE_CONFIG_DIR:-~}/.claude.json'),
    projectFile: '.mcp.json',
    traces: [
      everywhere('${CLAUDE_CONFIG_DIR:-~}/.claude.json'),
      everywhere('${CLAUDE_CONFIG_DIR:-~/.claude}'),
    ],
  },
  // https://modelcontextprotocol.io/docs/develop/connect-local-servers: macOS and Windows. The page names no place for
  // Linux; there it is where Electron keeps what the same application would write.
  {
    name: 'claude-desktop',
    displayName: 'Claude Desktop',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFile: electron('Claude/claude_desktop_config.json'),
    projectFile: null,
    traces: [electron('Claude')],
  },
  // https://cursor.com/docs/context/mcp: ~/.cursor/mcp.json, and .cursor/mcp.json of a project; type is optional.
  {
    name: 'cursor',
    displayName: 'Cursor',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFile: everywhere('~/.cursor/mcp.json'),
    projectFile: '.cursor/mcp.json',
    traces: [everywhere('~/.cursor')],
  },
  // https://code.visualstudio.com/docs/agents/reference/mcp-configuration: mcp.json of the user profile and
  // .vscode/mcp.json, both with `servers`. https://code.visualstudio.com/docs/configure/settings: where the profile is.
  {
    name: 'vscode',
    displayName: 'VS Code',
    format: 'json',
    serversKey: 'servers',
    extra: { type: 'stdio' },
    userFile: electron('Code/User/mcp.json'),
    projectFile: '.vscode/mcp.json',
    traces: [electron('Code')],
  },
  // The same beside it: Insiders keeps a profile of its own, and does not read that of the stable edition.
  {
    name: 'vscode-insiders',
    displayName: 'VS Code Insiders',
    format: 'json',
    serversKey: 'servers',
    extra: { type: 'stdio' },
    userFile: electron('Code - Insiders/User/mcp.json'),
    projectFile: '.vscode/mcp.json',
    traces: [electron('Code - Insiders')],
  },
  // https://docs.windsurf.com/windsurf/cascade/mcp: ~/.codeium/windsurf/mcp_config.json on every system.
  {
    name: 'windsurf',
    displayName: 'Windsurf',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFile: everywhere('~/.codeium/windsurf/mcp_config.json'),
    projectFile: null,
    traces: [everywhere('~/.codeium/windsurf')],
  },
  // https://developers.openai.com/codex/mcp: [mcp_servers.NAME] in ~/.codex/config.toml, or .codex/config.toml of a
  // trusted project. https://developers.openai.com/codex/config-reference: CODEX_HOME.
  {
    name: 'codex',
    displayName: 'Codex',
    format: 'toml',
    serversKey: 'mcp_servers',
    extra: {},
    userFile: everywhere('${CODEX_HOME:-~/.codex}/config.toml'),
    projectFile: '.codex/config.toml',
    traces: [everywhere('${CODEX_HOME:-~/.codex}')],
  },
  // https://geminicli.com/docs/tools/mcp-server: mcpServers of ~/.gemini/settings.json, or a project's.
  {
    name: 'gemini',
    displayName: 'Gemini CLI',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFile: everywhere('~/.gemini/settings.json'),
    projectFile: '.gemini/settings.json',
    traces: [everywhere('~/.gemini')],
  },
  // https://zed.dev/docs/ai/mcp: context_servers, command and args flat. https://zed.dev/docs/configuring-zed: the file;
  // https://zed.dev/docs/windows: %APPDATA%\Zed.
  {
    name: 'zed',
    displayName: 'Zed',
    format: 'json',
    serversKey: 'context_servers',
    extra: {},
    userFile: {
      linux: '${XDG_CONFIG_HOME:-~/.config}/zed/settings.json',
      darwin: '~/.config/zed/settings.json',
      win32: '${APPDATA:-~/AppData/Roaming}/Zed/settings.json',
    },
    projectFile: '.zed/settings.json',
    traces: [
      {
        linux: '${XDG_CONFIG_HOME:-~/.config}/zed',
        darwin: '~/.config/zed',
        win32: '${APPDATA:-~/AppData/Roaming}/Zed',
      },
    ],
  },
];
