import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CliResult } from '../support/cli-process.ts';
import { runCli } from '../support/cli-process.ts';
import { plant, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

const ENTRY = { command: 'npx', args: ['-y', '@cloche/mcp-server'] };
/** What a developer's own shell may have set. */
const NO_OTHER_PLACES = { CLAUDE_CONFIG_DIR: '', CODEX_HOME: '', GEMINI_CLI_HOME: '', APPDATA: '' };

function mcp(
  home: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  directory = home,
): Promise<CliResult> {
  return runCli(['mcp', ...words], {
    directory,
    environment: { HOME: home, ...NO_OTHER_PLACES, ...environment },
  });
}

function read(home: string, name: string): string {
  return readFileSync(path.join(home, name), 'utf8');
}

describe('cloche mcp install', () => {
  test('writes the entry, keeps the old file beside it, and changes nothing the second time', async () => {
    const home = temporaryDirectoryOfTest();
    const before = '// mine\n{\n  "theme": "One", // dark\n}\n';
    plant(home, '.config/zed/settings.json', before, 0o640);
    const first = await mcp(home, ['install', '--client', 'zed']);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stdout).toBe(`Zed knows of Cloche now: ${home}/.config/zed/settings.json\n`);
    expect(first.stderr).toContain(`The file as it was: ${home}/.config/zed/settings.json.cloche-backup\n`);
    const after = read(home, '.config/zed/settings.json');
    expect(after).toBe(
      '// mine\n{\n  "theme": "One", // dark\n  "context_servers": {\n    "cloche": {\n      "command": "npx",\n      "args": [\n        "-y",\n        "@cloche/mcp-server"\n      ]\n    }\n  },\n}\n',
    );
    expect(read(home, '.config/zed/settings.json.cloche-backup')).toBe(before);
    expect(lstatSync(path.join(home, '.config/zed/settings.json')).mode & 0o777).toBe(0o640);

    const second = await mcp(home, ['install', '--client', 'zed']);
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(second.stdout).toMatch(/^Nothing to change: Zed knows of Cloche already/u);
    expect(readdirSync(path.join(home, '.config/zed'))).toHaveLength(2);

    await mcp(home, ['install', '--client', 'zed', '--uninstall']);
    expect(read(home, '.config/zed/settings.json')).toBe(before);
    expect(read(home, '.config/zed/settings.json.cloche-backup.2')).toBe(after);
  });

  test('shows with --dry-run what it would write, and nothing that stands around it', async () => {
    const home = temporaryDirectoryOfTest();
    const before = '[mcp_servers.other.env]\nKEY = "sk-secret"\n';
    plant(home, '.codex/config.toml', before);
    const { exitCode, stdout } = await mcp(home, ['install', '--client', 'codex', '--dry-run']);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: [
        `--- ${home}/.codex/config.toml`,
        `+++ ${home}/.codex/config.toml`,
        '@@ -2,0 +3,4 @@',
        '+',
        '+[mcp_servers.cloche]',
        '+command = "npx"',
        '+args = ["-y", "@cloche/mcp-server"]',
        '',
      ].join('\n'),
    });
    expect(read(home, '.codex/config.toml')).toBe(before);
    expect(readdirSync(path.join(home, '.codex'))).toEqual(['config.toml']);
  });

  test('makes the file of a client that is there, for its user alone', async () => {
    const home = temporaryDirectoryOfTest();
    mkdirSync(path.join(home, '.config/Code'), { recursive: true });
    expect(await mcp(home, ['install', '--client', 'vscode'])).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(read(home, '.config/Code/User/mcp.json'))).toEqual({
      servers: { cloche: { type: 'stdio', ...ENTRY } },
    });
    expect(lstatSync(path.join(home, '.config/Code/User/mcp.json')).mode & 0o777).toBe(0o600);
  });

  test('makes nothing for a client that is not there, unless its user insists', async () => {
    const home = temporaryDirectoryOfTest();
    const refused = await mcp(home, ['install', '--client', 'windsurf']);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^cloche: Windsurf was not found here[\s\S]+--force/u);
    expect(existsSync(path.join(home, '.codeium'))).toBe(false);
    expect(await mcp(home, ['install', '--client', 'windsurf', '--force'])).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(read(home, '.codeium/windsurf/mcp_config.json'))).toEqual({
      mcpServers: { cloche: ENTRY },
    });
  });

  test('keeps a byte order mark, line breaks of Windows and a link', async () => {
    const home = temporaryDirectoryOfTest();
    const real = plant(
      home,
      'dotfiles/mcp.json',
      '\uFEFF{\r\n  "mcpServers": {\r\n    "a": {}\r\n  }\r\n}\r\n',
    );
    mkdirSync(path.join(home, '.cursor'));
    symlinkSync(real, path.join(home, '.cursor/mcp.json'));
    expect(await mcp(home, ['install', '--client', 'cursor'])).toMatchObject({ exitCode: 0 });
    expect(lstatSync(path.join(home, '.cursor/mcp.json')).isSymbolicLink()).toBe(true);
    const after = read(home, 'dotfiles/mcp.json');
    expect(after.startsWith('\uFEFF{\r\n  "mcpServers": {\r\n    "a": {},\r\n    "cloche": {\r\n')).toBe(
      true,
    );
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(existsSync(`${real}.cloche-backup`)).toBe(true);
  });

  test('writes the path of this very command with --local, under a name of its user’s', async () => {
    const home = temporaryDirectoryOfTest();
    plant(home, '.claude.json', '{"numStartups":3}');
    await mcp(home, ['install', '--client', 'claude-code', '--local', '--name', 'sandbox']);
    const { mcpServers } = JSON.parse(read(home, '.claude.json')) as Record<string, Record<string, unknown>>;
    expect(mcpServers).toEqual({
      sandbox: {
        type: 'stdio',
        command: process.execPath,
        args: ['--conditions=@cloche/source', path.join(import.meta.dirname, '../../src/bin.ts'), 'mcp'],
      },
    });
    const states = await mcp(home, ['clients', '--name', 'sandbox', '--json']);
    expect(JSON.parse(states.stdout)).toContainEqual({
      name: 'claude-code',
      displayName: 'Claude Code',
      file: path.join(home, '.claude.json'),
      isFound: true,
      entry: 'cloche',
      problem: null,
    });
  });

  test('writes the file of the project with --scope project, where the client has one', async () => {
    const home = temporaryDirectoryOfTest();
    await mcp(home, ['install', '--client', 'claude-code', '--scope', 'project']);
    expect(JSON.parse(read(home, '.mcp.json'))).toEqual({
      mcpServers: { cloche: { type: 'stdio', ...ENTRY } },
    });
    const none = await mcp(home, ['install', '--client', 'claude-desktop', '--scope', 'project']);
    expect(none).toMatchObject({ exitCode: 2 });
    expect(none.stderr).toContain('has no configuration for a single project');
  });

  test('writes what is for one user in one project with --scope local, from anywhere in it', async () => {
    const home = temporaryDirectoryOfTest();
    const before = '{\n  "numStartups": 3\n}\n';
    plant(home, '.claude.json', before);
    const project = path.join(home, 'project');
    mkdirSync(path.join(project, '.git/worktrees/other'), { recursive: true });
    plant(project, '.git/worktrees/other/commondir', '../..\n');
    plant(home, 'other/.git', `gitdir: ${project}/.git/worktrees/other\n`);
    mkdirSync(path.join(home, 'other/below'));
    symlinkSync(path.join(home, 'other'), path.join(home, 'link'));
    const words = ['install', '--client', 'claude-code', '--scope', 'local'];
    for (const directory of ['project', 'other/below', 'link']) {
      const result = await mcp(home, words, {}, path.join(home, directory));
      expect(result).toMatchObject({ exitCode: 0 });
    }
    expect(JSON.parse(read(home, '.claude.json'))).toEqual({
      numStartups: 3,
      projects: { [project]: { mcpServers: { cloche: { type: 'stdio', ...ENTRY } } } },
    });
    await mcp(home, [...words, '--uninstall'], {}, project);
    expect(read(home, '.claude.json')).toBe(before);
    const none = await mcp(home, ['install', '--client', 'cursor', '--scope', 'local']);
    expect(none).toMatchObject({ exitCode: 2 });
    expect(none.stderr).toContain('has no configuration for one user in a single project');
  });

  test('shows with --dry-run that a file would go which was made for the entry', async () => {
    const home = temporaryDirectoryOfTest();
    await mcp(home, ['install', '--client', 'windsurf', '--force']);
    const words = ['install', '--client', 'windsurf', '--uninstall'];
    const { stdout } = await mcp(home, [...words, '--dry-run']);
    const file = path.join(home, '.codeium/windsurf/mcp_config.json');
    expect(stdout).toContain(`--- ${file}\n+++ /dev/null\n@@ -1,11 +0,0 @@\n-{\n`);
    expect(existsSync(file)).toBe(true);
    await mcp(home, words);
    expect(existsSync(file)).toBe(false);
  });

  test('leaves a file alone that is not valid, and says where', async () => {
    const home = temporaryDirectoryOfTest();
    plant(home, '.gemini/settings.json', '{\n  "a": oops\n}\n');
    const { exitCode, stderr } = await mcp(home, ['install', '--client', 'gemini']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `cloche: ${home}/.gemini/settings.json:2:8: This is not JSON: invalid symbol.\n`,
    );
    expect(readdirSync(path.join(home, '.gemini'))).toEqual(['settings.json']);
  });

  test.each([
    ['a directory', (file: string) => mkdirSync(file)],
    ['a link to nothing', (file: string) => symlinkSync('/nowhere', file)],
    ['not UTF-8', (file: string) => plant('', file, new Uint8Array([0x7b, 0xff, 0x7d]))],
  ])('refuses a file that is %s', async (_, make) => {
    const home = temporaryDirectoryOfTest();
    mkdirSync(path.join(home, '.cursor'));
    make(path.join(home, '.cursor/mcp.json'));
    const { exitCode, stderr } = await mcp(home, ['install', '--client', 'cursor', '--force']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('It was left as it is.'),
    });
  });

  test('refuses a file of another user', async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can give a file away');
    const home = temporaryDirectoryOfTest();
    const file = plant(home, '.cursor/mcp.json', '{}');
    chownSync(file, 12_345, 12_345);
    const { exitCode, stderr } = await mcp(home, ['install', '--client', 'cursor', '--force']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('it belongs to another user');
    expect(read(home, '.cursor/mcp.json')).toBe('{}');
  });

  test('says it in Chinese', async () => {
    const home = temporaryDirectoryOfTest();
    plant(home, '.gemini/settings.json', '{}');
    const { stdout, stderr } = await mcp(home, ['install', '--client', 'gemini'], { CLOCHE_LANG: 'zh' });
    expect(stdout).toMatch(/^已为 Gemini CLI 配置 Cloche：/u);
    expect(stderr).toContain('原文件备份：');
  });

  test.each([
    [['--client', 'zde'], 'Did you mean zed?'],
    [['--client', 'cursor', '--name', '../x'], 'no name for an entry'],
    [['--client', 'cursor', '--scope', 'everywhere'], 'not a value of --scope'],
  ])('refuses %j', async (words, message) => {
    const { exitCode, stderr } = await mcp(temporaryDirectoryOfTest(), ['install', ...words]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('cloche mcp clients', () => {
  test('says which are here, and which know of Cloche', async () => {
    const home = temporaryDirectoryOfTest();
    plant(home, '.cursor/mcp.json', JSON.stringify({ mcpServers: { cloche: ENTRY } }));
    plant(home, '.gemini/settings.json', JSON.stringify({ mcpServers: { cloche: { url: 'x' } } }));
    plant(home, '.codex/config.toml', 'a = = 1');
    const { exitCode, stdout } = await mcp(home, ['clients']);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/u).slice(0, 3));
    expect(exitCode).toBe(0);
    expect(rows).toContainEqual(['cursor', 'yes', 'set up']);
    expect(rows).toContainEqual(['gemini', 'yes', 'another entry']);
    expect(rows).toContainEqual(['codex', 'yes', 'unreadable']);
    expect(rows).toContainEqual(['zed', 'no', '-']);
  });

  test('is what install shows when no client is named', async () => {
    const home = temporaryDirectoryOfTest();
    const [clients, install] = await Promise.all([mcp(home, ['clients']), mcp(home, ['install'])]);
    expect(install).toMatchObject({ exitCode: 2, stdout: clients.stdout });
    expect(install.stderr).toContain('cloche mcp install --client NAME');
  });
});

test('a directory that cannot be written is told', async () => {
  const home = temporaryDirectoryOfTest();
  // Nobody makes files there, not even root.
  symlinkSync('/sys/kernel', path.join(home, '.cursor'));
  const { exitCode, stderr } = await mcp(home, ['install', '--client', 'cursor']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('cannot be written') });
});
