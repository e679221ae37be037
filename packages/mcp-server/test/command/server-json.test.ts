import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigKey } from '@cloche/core';
import { CONFIG_KEYS } from '@cloche/core';
import { describe, expect, test } from 'vitest';
import { SERVER_OPTIONS } from '../../src/command/index.ts';

const PACKAGE = path.join(import.meta.dirname, '../..');
const ARGUMENTS: readonly ConfigKey[] = [
  'executor',
  'isolation.minimum',
  'network',
  'limits.timeout',
  'limits.memory',
];
/** A secret does not belong on a command line. */
const VARIABLES: readonly ConfigKey[] = [
  'daytona.apiKey',
  'generator.provider',
  'generator.model',
  'generator.baseUrl',
  'generator.apiKey',
];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly mcpName: string;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(PACKAGE, file), 'utf8'));
}

const manifest = readJson('package.json') as Manifest;

function keyOf(key: ConfigKey): (typeof CONFIG_KEYS)[number] {
  const found = CONFIG_KEYS.find((definition) => definition.key === key);
  if (found === undefined) throw new Error(key);
  return found;
}

function argumentOf(key: ConfigKey): Record<string, unknown> {
  const { flag, description, values } = keyOf(key);
  return {
    type: 'named',
    name: flag,
    description: description.en,
    ...(values !== null && { choices: [...values] }),
  };
}

/** What the registry is told, as the package has it. After a new version, its number goes into the file twice. */
const EXPECTED = {
  $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  name: manifest.mcpName,
  title: 'Cloche',
  description:
    'Runs code that an AI wrote in sandboxes: nine languages, locally, in containers or in a cloud.',
  version: manifest.version,
  packages: [
    {
      registryType: 'npm',
      identifier: manifest.name,
      version: manifest.version,
      runtimeHint: 'npx',
      transport: { type: 'stdio' },
      packageArguments: ARGUMENTS.map((key) => argumentOf(key)),
      environmentVariables: VARIABLES.map((key) => ({
        name: keyOf(key).variables[0],
        description: keyOf(key).description.en,
        isSecret: keyOf(key).secret,
      })),
    },
  ],
};

describe('server.json', () => {
  test('says what the package says', () => {
    expect(readJson('server.json')).toEqual(EXPECTED);
  });

  test('keeps to the bounds of its schema', () => {
    expect(EXPECTED.name).toMatch(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/u);
    expect(EXPECTED.description.length).toBeLessThanOrEqual(100);
    expect(manifest.version).toMatch(/^\d+\.\d+\.\d+/u);
  });

  test('names arguments that the command takes', () => {
    const flags = SERVER_OPTIONS.map((option) => option.flags.split(' ')[0]);
    for (const key of ARGUMENTS) expect(flags).toContain(keyOf(key).flag);
  });
});
