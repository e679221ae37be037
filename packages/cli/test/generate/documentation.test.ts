import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_GENERATOR_CONFIG } from '@cloche/core';
import { resolveModel } from '@cloche/generator';
import { expect, onTestFinished, test } from 'vitest';
import { fencedBlocks } from '../documentation/fenced-blocks.ts';
import { readPage, ROOT_DIRECTORY } from '../documentation/page.ts';
import { prepareShellDirectory, runInShell } from '../documentation/run-in-shell.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { plant } from '../support/temporary-directory.ts';

const PAGE = readPage('docs/generate.md');
const ANSWERS = path.join(import.meta.dirname, 'transcript');
/** What such answers take. */
const USAGE = [
  { inputTokens: 1187, outputTokens: 131 },
  { inputTokens: 1594, outputTokens: 186 },
];

/** The command that a page shows with its output, on both streams together. */
function shownTranscript(): { readonly command: string; readonly output: string } {
  const blocks = fencedBlocks(PAGE.text);
  const at = blocks.findIndex(({ language, text }) => language === 'console' && text.startsWith('$ cloche '));
  return { command: blocks[at]?.text.slice('$ '.length) ?? '', output: `${blocks[at + 1]?.text}\n` };
}

/** Where a program lies is its executor's business, and how a line is underlined that of Python's version. */
function comparable(shown: string): string {
  return shown
    .replaceAll(/(?<=File ")[^"]*(?=\/main\.py")/gu, '/cloche/work')
    .replaceAll(/^ *[~^]+\n/gmu, '');
}

test('the transcript of docs/generate.md is what the command says, with the answers that were written down', async () => {
  const texts = await Promise.all(
    (await readdir(ANSWERS)).toSorted().map((name) => readFile(path.join(ANSWERS, name), 'utf8')),
  );
  const answers = texts.map((text, index) => ({ text, usage: USAGE[index] ?? null }));
  const server = await modelService(answers);
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-transcript-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await prepareShellDirectory(directory);
  plant(directory, 'access.log', await readFile(path.join(ROOT_DIRECTORY, 'examples/data/access.log')));

  const { command, output } = shownTranscript();
  const environment = modelEnvironment(server, {
    CLOCHE_EXECUTOR: 'local',
  });
  const result = await runInShell(`${command} 2>&1`, directory, environment);
  expect(result.exitCode, result.stdout).toBe(0);
  expect(comparable(result.stdout)).toBe(comparable(output));
  expect(server.repliesLeft).toBe(0);
});

const SERVICES = [
  ...PAGE.text.matchAll(
    /^\| (?<service>\w+) \| `(?<variable>\w+)` \| `(?<address>https:[^`]+)` \| (?<model>.+) \|$/gmu,
  ),
].map(({ groups }) => groups ?? {});

test('docs/generate.md has all services with a key', () => {
  expect(SERVICES.length).toBeGreaterThan(10);
});

test.each(SERVICES)(
  'the key of $service alone is enough, and goes where docs/generate.md says',
  ({ service, variable = '', address, model = '' }) => {
    const resolved = resolveModel(DEFAULT_GENERATOR_CONFIG, { [variable]: 'key-of-a-test-0123456789' });
    expect(resolved).toMatchObject({
      service,
      keySource: variable,
      model: model.startsWith('`') ? model.replaceAll('`', '') : null,
    });
    expect(resolved?.baseUrl ?? address).toBe(address);
  },
);

test('the file of docs/generate.md is one that Cloche reads', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-transcript-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await prepareShellDirectory(directory);
  const file = fencedBlocks(PAGE.text).find(({ language }) => language === 'toml');
  plant(directory, 'config/cloche/config.toml', (file?.text ?? '').replace('…', 'key-of-a-test-0123456789'));
  const { exitCode, stdout, stderr } = await runInShell('cloche config --json', directory);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('deepseek-chat');
});

test('the table of docs/generate.md has every field that --json prints', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-transcript-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await prepareShellDirectory(directory);
  const server = await modelService([answer('print(1)\n')]);
  const { stdout } = await runInShell("cloche generate 'x' --json", directory, modelEnvironment(server));
  const rows = [...PAGE.text.matchAll(/^\| (?<names>`[a-zA-Z]+`(?:, `[a-zA-Z]+`)*) \| /gmu)];
  const documented = rows.flatMap(({ groups }) =>
    (groups?.['names'] ?? '').split(', ').map((name) => name.replaceAll('`', '')),
  );
  expect(documented).toEqual(expect.arrayContaining(Object.keys(JSON.parse(stdout) as object)));
});
