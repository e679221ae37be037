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

const CLAUDE_PACKAGE: ClientPlace = {
  win32: '${LOCALAPPDATA:-~/AppData/Local}/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude',
};
const CLAUDE_PACKAGE_FILE: ClientPlace = {
  win32: `${CLAUDE_PACKAGE.win32}/claude_desktop_config.json`,
};

const DEVIN: ClientPlace = {
  linux: '~/.config/devin',
  darwin: '~/.config/devin',
  win32: '${APPDATA:-~/AppData/Roaming}/devin',
};
const DEVIN_FILE: ClientPlace = {
  linux: `${DEVIN.linux}/mcp_config.json`,
  darwin: `${DEVIN.darwin}/mcp_config.json`,
  win32: `${DEVIN.win32}/mcp_config.json`,
};

/** Every client that `cloche mcp install` knows, by name. Each fact was read in November 2026 at the page above it. */
export const CLIENTS: readonly ClientDefinition[] = [
  // https://code.claude.com/docs/en/mcp: user scope is mcpServers at the top of ~/.claude.json, project scope .mcp.json.
  // Local scope is projects.DIRECTORY.mcpServers of the same file; the directory is that of the main repository, without
  // links, as Claude Code 2.1 was seen to write it. https://code.claude.com/docs/en/env-vars: CLAUDE_CONFIG_DIR moves
  // both the directory and the file.
  {
    name: 'claude-code',
    displayName: 'Claude Code',
    format: 'json',
    serversKey: 'mcpServers',
    extra: { type: 'stdio' },
    userFiles: [everywhere('${CLAUDE_CONFIG_DIR:-~}/.claude.json')],
    projectFile: '.mcp.json',
    localKey: 'projects',
    traces: [
      everywhere('${CLAUDE_CONFIG_DIR:-~}/.claude.json'),
      everywhere('${CLAUDE_CONFIG_DIR:-~/.claude}'),
    ],
  },
  // https://modelcontextprotocol.io/docs/develop/connect-local-servers: macOS and Windows. The page names no place for
  // Linux; there it is where Electron keeps what the same application would write. Installed as a package of Windows
  // (MSIX: Microsoft Store, WinGet, the setup of 2026), it has an %APPDATA% of its own and does not read the other:
  // https://github.com/anthropics/claude-code/issues/26073, and #70393.
  {
    name: 'claude-desktop',
    displayName: 'Claude Desktop',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFiles: [CLAUDE_PACKAGE_FILE, electron('Claude/claude_desktop_config.json')],
    projectFile: null,
    localKey: null,
    traces: [CLAUDE_PACKAGE, electron('Claude')],
  },
  // https://cursor.com/docs/context/mcp: ~/.cursor/mcp.json, and .cursor/mcp.json of a project; type is optional.
  {
    name: 'cursor',
    displayName: 'Cursor',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFiles: [everywhere('~/.cursor/mcp.json')],
    projectFile: '.cursor/mcp.json',
    localKey: null,
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
    userFiles: [electron('Code/User/mcp.json')],
    projectFile: '.vscode/mcp.json',
    localKey: null,
    traces: [electron('Code')],
  },
  // The same beside it: Insiders keeps a profile of its own, and does not read that of the stable edition.
  {
    name: 'vscode-insiders',
    displayName: 'VS Code Insiders',
    format: 'json',
    serversKey: 'servers',
    extra: { type: 'stdio' },
    userFiles: [electron('Code - Insiders/User/mcp.json')],
    projectFile: '.vscode/mcp.json',
    localKey: null,
    traces: [electron('Code - Insiders')],
  },
  // https://docs.windsurf.com/windsurf/cascade/mcp: ~/.codeium/windsurf/mcp_config.json on every system, up to the
  // version that is called Devin Desktop.
  {
    name: 'windsurf',
    displayName: 'Windsurf',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFiles: [everywhere('~/.codeium/windsurf/mcp_config.json')],
    projectFile: null,
    localKey: null,
    traces: [everywhere('~/.codeium/windsurf')],
  },
  // What Windsurf is called since June 2026: https://docs.devin.ai/desktop/cascade/mcp names mcp_config.json, and
  // https://vaadin.com/docs/latest/building-apps/agentic-development/mcp/supported-tools/devin-desktop (and
  // https://docs.sevalla.com/ai-agents/windsurf) where both of its agents look for it.
  {
    name: 'devin',
    displayName: 'Devin Desktop',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFiles: [DEVIN_FILE],
    projectFile: '.devin/mcp_config.json',
    localKey: null,
    traces: [DEVIN],
  },
  // https://developers.openai.com/codex/mcp: [mcp_servers.NAME] in ~/.codex/config.toml, or .codex/config.toml of a
  // trusted project. https://developers.openai.com/codex/config-reference: CODEX_HOME.
  {
    name: 'codex',
    displayName: 'Codex',
    format: 'toml',
    serversKey: 'mcp_servers',
    extra: {},
    userFiles: [everywhere('${CODEX_HOME:-~/.codex}/config.toml')],
    projectFile: '.codex/config.toml',
    localKey: null,
    traces: [everywhere('${CODEX_HOME:-~/.codex}')],
  },
  // https://geminicli.com/docs/tools/mcp-server: mcpServers of ~/.gemini/settings.json, or a project's. In place of the
  // home directory it takes GEMINI_CLI_HOME (packages/core/src/utils/paths.ts of google-gemini/gemini-cli).
  {
    name: 'gemini',
    displayName: 'Gemini CLI',
    format: 'json',
    serversKey: 'mcpServers',
    extra: {},
    userFiles: [everywhere('${GEMINI_CLI_HOME:-~}/.gemini/settings.json')],
    projectFile: '.gemini/settings.json',
    localKey: null,
    traces: [everywhere('${GEMINI_CLI_HOME:-~}/.gemini')],
  },
  // https://zed.dev/docs/ai/mcp: context_servers, command and args flat. https://zed.dev/docs/configuring-zed: the file;
  // https://zed.dev/docs/windows: %APPDATA%\Zed.
  {
    name: 'zed',
    displayName: 'Zed',
    format: 'json',
    serversKey: 'context_servers',
    extra: {},
    userFiles: [
      {
        linux: '${XDG_CONFIG_HOME:-~/.config}/zed/settings.json',
        darwin: '~/.config/zed/settings.json',
        win32: '${APPDATA:-~/AppData/Roaming}/Zed/settings.json',
      },
    ],
    projectFile: '.zed/settings.json',
    localKey: null,
    traces: [
      {
        linux: '${XDG_CONFIG_HOME:-~/.config}/zed',
        darwin: '~/.config/zed',
        win32: '${APPDATA:-~/AppData/Roaming}/Zed',
      },
    ],
  },
];
